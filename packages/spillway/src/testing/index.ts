/**
 * What tests of an application need: real servers of their own, and waiting for events instead of sleeping.
 *
 * @module
 */
export { expectQueries } from './expect-queries.ts'
export { lagging } from './lagging.ts'
export { type SlowProxy, slowProxy } from './slow-proxy.ts'
export { type TestDatabase, testDatabase } from './test-database.ts'
export { until } from './until.ts'
