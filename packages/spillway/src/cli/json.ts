/** For programs that read what a command says. */
export function printJson(data: unknown): void {
  console.log(JSON.stringify(data, null, 2))
}
