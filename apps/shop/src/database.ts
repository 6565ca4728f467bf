/** The shop's database: reads through `db` go to replicas, writes to the primary. @module */
import { defineDatabase } from 'spillway/database'
import * as schema from './schema/index.ts'

export const database = defineDatabase({
  schema,
  migrations: new URL('../migrations', import.meta.url),
})

export const { db } = database
