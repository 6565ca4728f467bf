/**
 * A task that was enqueued in a transaction leaves its effect exactly once if the transaction is committed, and never if it
 * is not, whoever is killed.
 */
import { afterAll, describe, expect, test } from 'bun:test'
import { removeFolders, report } from './drill.ts'
import type { Flaw } from './tasks-delivery-app.ts'
import { deliver } from './tasks-delivery-run.ts'
import { backends, stopTaskCluster } from './tasks-workers-place.ts'

afterAll(async () => {
  await stopTaskCluster()
  removeFolders()
})

test.each(backends)(
  '10,000 transactions, half of them rolled back, with tasks on %s',
  async (backend) => {
    const outcome = await deliver({ backend, transactions: 10_000, writerKills: 6, kills: 20 })
    const { lost, doubled, unwanted, ...figures } = outcome
    report(`delivery on ${backend}`, figures)
    expect({ lost, doubled, unwanted }).toEqual({ lost: [], doubled: [], unwanted: [] })
    expect(figures.committed).toBeGreaterThan(4_900)
    expect(figures.ranAgain).toBeGreaterThan(0)
  },
  180_000,
)

describe('the drill notices when', () => {
  const short = { backend: backends.at(-1)!, transactions: 200, writerKills: 0, kills: 0 }
  const flaws: [Flaw, 'doubled' | 'unwanted'][] = [
    ['effects happen once', 'doubled'],
    ['messages have one id', 'doubled'],
    ['tasks wait for the commit', 'unwanted'],
  ]
  test.concurrent.each(flaws)(
    'it is not so that %s',
    async (flaw, wrong) => {
      const outcome = await deliver({ ...short, flaw })
      expect(outcome[wrong].length).toBeGreaterThan(0)
    },
    90_000,
  )
})
