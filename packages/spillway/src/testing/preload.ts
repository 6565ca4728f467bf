/** Loaded before the tests of this repository: the PostgreSQL that they share ends with the run. @module */
import { afterAll } from 'bun:test'
import { memoryFolder } from './memory-folder.ts'
import { stopTestCluster } from './test-database.ts'

const memory = process.env['TMPDIR'] ? undefined : memoryFolder()
if (memory) process.env['TMPDIR'] = memory.path

afterAll(async () => {
  await stopTestCluster()
  memory?.remove()
})
