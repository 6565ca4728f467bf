import { expect, test } from 'bun:test'

/** Looks three times, and ends. */
const program = `
import { show } from ${JSON.stringify(new URL('./watch.ts', import.meta.url).pathname)}
let looks = 0
const look = async () => {
  if (++looks > 3) process.exit(0)
  return { data: { looks }, text: () => 'look ' + looks + '\\n' }
}
await show(look, { watch: true, json: process.argv.includes('--json'), everyMs: 1 })`
const command = (...args: string[]) => [process.execPath, '-e', program, '--', ...args]

async function piped(...args: string[]): Promise<string> {
  return await Bun.spawn(command(...args), { stdout: 'pipe' }).stdout.text()
}

async function onTerminal(...args: string[]): Promise<string> {
  const decoder = new TextDecoder()
  let shown = ''
  const data = (_: unknown, bytes: Uint8Array) => {
    shown += decoder.decode(bytes, { stream: true })
  }
  await Bun.spawn(command(...args), { terminal: { data } }).exited
  return shown
}

test('on a terminal each page takes the place of the one before', async () => {
  const pages = (await onTerminal()).split('\x1b[2J\x1b[H').map((page) => page.trim())
  expect(pages).toEqual(['', 'look 1', 'look 2', 'look 3'])
})

test('elsewhere they follow each other', async () => {
  expect(await piped()).toBe('look 1\n\nlook 2\n\nlook 3\n\n')
})

test('data are a line for each look, wherever they go', async () => {
  const lines = '{"looks":1}\n{"looks":2}\n{"looks":3}\n'
  expect(await piped('--json')).toBe(lines)
  expect((await onTerminal('--json')).replaceAll('\r', '')).toBe(lines)
})
