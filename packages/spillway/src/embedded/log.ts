/** A server's log file, bounded. @module */
import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from 'node:fs'

const largestBytes = 10 * 2 ** 20

/** The end of the text from `offset` on, at most 64 KiB. */
export function readLog(path: string, offset = 0): string {
  const size = logSize(path)
  const from = Math.max(offset, size - 65_536)
  if (size <= from) return ''
  const bytes = Buffer.alloc(size - from)
  const file = openSync(path, 'r')
  try {
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, from))
  } finally {
    closeSync(file)
  }
}

export function lastLines(text: string, count = 8): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

export function logSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Keeps one older part. The server appends, so it goes on at the beginning of the emptied file. */
export function boundLog(path: string) {
  if (logSize(path) < largestBytes) return
  copyFileSync(path, `${path}.1`)
  truncateSync(path)
}
