/**
 * What tests of an application need: real servers of their own, and waiting for events instead of sleeping.
 *
 * @module
 */

export { busSuite, type OpenedBuses } from './bus-suite.ts'
export { type Chaos, ChaosTier, type Lie } from './chaos-tier.ts'
export { expectQueries } from './expect-queries.ts'
export { lagging } from './lagging.ts'
export { type Program, type ProgramOptions, startProgram } from './program.ts'
export {
  hasRedis,
  type RedisServer,
  startRedis,
  startRedisCluster,
  startSentinel,
  type TestCluster,
  type TestSentinel,
} from './redis.ts'
export { sharedTierSuite } from './shared-tier-suite.ts'
export { type SlowProxy, slowProxy } from './slow-proxy.ts'
export { type TestDatabase, testDatabase } from './test-database.ts'
export { type TestTasks, type TestTasksOptions, testTasks } from './test-tasks.ts'
export type { OpenedTiers } from './tier-suite/opened.ts'
export { until } from './until.ts'
