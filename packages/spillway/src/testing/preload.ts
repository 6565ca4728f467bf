/** Loaded before the tests of this repository: the PostgreSQL that they share ends with the run. @module */
import { afterAll } from 'bun:test'
import { stopTestCluster } from './test-database.ts'

afterAll(stopTestCluster)
