import { expect, test } from 'bun:test'
import { whyItCannotStream } from './streaming.ts'

test('a log line that means the replica will never stream again is found, without its prefix', () => {
  const log = `2026-01-01 00:00:00.000 UTC [7] LOG:  started streaming WAL from primary at 0/3000000 on timeline 1
2026-01-01 00:00:01.000 UTC [7] FATAL:  could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000003 has already been removed
2026-01-01 00:00:01.100 UTC [6] LOG:  waiting for WAL to become available at 0/3000018`
  expect(whyItCannotStream(log)).toBe(
    'could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000003 has already been removed',
  )
})

test('a primary that is away, or a slot that is not there yet, is no reason to give the replica up', () => {
  const log = `2026-01-01 00:00:00.000 UTC [7] FATAL:  streaming replication receiver "replica-1" could not connect to the primary server: connection to server at "127.0.0.1", port 25050 failed: Connection refused
2026-01-01 00:00:00.000 UTC [7] FATAL:  could not start WAL streaming: ERROR:  replication slot "replica_1" does not exist`
  expect(whyItCannotStream(log)).toBeUndefined()
})
