import { expect, test } from 'bun:test'
import { newFigures, type ProcessFigures } from '../../cache/index.ts'
import { changedSince, summaries } from './summary.ts'

function processFigures(id: string, localHits: number, misses = 0): ProcessFigures {
  const counts = { ...newFigures(), localHits, misses }
  const strategies = { warm: { localHits, sharedHits: 0, staleServed: 0, loads: misses } }
  const caches = {
    default: { counts, local: { entries: 1, bytes: 10, evictions: 0 }, strategies, hotKeys: [{ key: 'a', hits: 1 }] },
  }
  return { id, host: 'here', pid: 1, role: 'web', release: 'r', startedAtMs: 0, atMs: 0, caches }
}

test('a summary is of all processes that have the cache', () => {
  const [summary] = summaries([processFigures('a', 2, 1), processFigures('b', 4, 1)])
  expect(summary).toMatchObject({ name: 'default', processes: 2, hitRate: 0.75, counts: { localHits: 6, misses: 2 } })
  expect(summaries([])).toEqual([])
})

test('what has changed is what those that were there have counted since, and all of those that came', () => {
  const before = [processFigures('stays', 10, 5), processFigures('leaves', 100)]
  const [summary] = summaries(changedSince(before, [processFigures('stays', 13, 6), processFigures('comes', 2)]))
  expect(summary).toMatchObject({
    hitRate: 5 / 6,
    counts: { localHits: 5, misses: 1 },
    strategies: { warm: { localHits: 5, loads: 1 } },
    local: { entries: 2 },
    hotKeys: [{ key: 'a', hits: 2 }],
  })
})
