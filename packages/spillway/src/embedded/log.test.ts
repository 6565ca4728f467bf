import { afterAll, expect, test } from 'bun:test'
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boundLog, lastLines, logSize, readLog } from './log.ts'

const folder = mkdtempSync(join(tmpdir(), 'spillway-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a log is emptied when it is large, the server goes on writing, and one older part is kept', () => {
  const path = join(folder, 'large.log')
  const server = openSync(path, 'a')
  writeSync(server, 'x'.repeat(10 * 2 ** 20))
  boundLog(path)
  writeSync(server, 'and on\n')
  closeSync(server)
  expect(readLog(path)).toBe('and on\n')
  expect(logSize(`${path}.1`)).toBe(10 * 2 ** 20)
})

test('a log can be read from where a server started', () => {
  const path = join(folder, 'small.log')
  appendFileSync(path, 'earlier\n')
  const offset = logSize(path)
  appendFileSync(path, 'one\ntwo\nthree\n')
  expect(readLog(path, offset)).toBe('one\ntwo\nthree\n')
  expect(lastLines(readLog(path), 2)).toBe('two\nthree')
})

test('a log that is not there is empty', () => {
  expect(readLog(join(folder, 'none.log'))).toBe('')
})
