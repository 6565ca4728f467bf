/** Names and bytes that no other test has. @module */

export function freshName(what: string): string {
  return `${what}:${crypto.randomUUID()}`
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

export const minuteMs = 60_000
