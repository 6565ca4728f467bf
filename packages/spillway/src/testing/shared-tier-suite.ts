/**
 * What every driver of the shared tier must do. Each promise of `SharedTier` has its test here, and the races that can
 * be told apart without luck.
 *
 * @module
 */
import { afterAll, beforeAll, describe } from 'bun:test'
import { describeEntries } from './tier-suite/entries.ts'
import { describeFloors } from './tier-suite/floors.ts'
import { describeLeases } from './tier-suite/leases.ts'
import type { OpenedTiers } from './tier-suite/opened.ts'
import { describeTags } from './tier-suite/tags.ts'

/**
 * Runs the suite. The tiers are opened once; each test has keys and tags of its own.
 *
 * @example
 * sharedTierSuite('the memory tier', async () => {
 *   const tier = new MemoryTier()
 *   return { tier, other: tier, close: () => tier.close() }
 * })
 */
export function sharedTierSuite(name: string, open: () => Promise<OpenedTiers>): void {
  describe(name, () => {
    let opened: OpenedTiers | undefined
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened?.close())
    const tiers = () => opened!
    describeEntries(tiers)
    describeTags(tiers)
    describeLeases(tiers)
    describeFloors(tiers)
  })
}
