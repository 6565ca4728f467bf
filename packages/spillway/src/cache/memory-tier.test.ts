import { sharedTierSuite } from '../testing/shared-tier-suite.ts'
import { MemoryTier } from './memory-tier.ts'

sharedTierSuite('the memory tier', async () => {
  const tier = new MemoryTier()
  return { tier, other: tier, close: () => tier.close() }
})
