/** The shop's database: reads through `db` go to replicas, writes to the primary. @module */
import { defineDatabase } from 'spillway/database'
import { watched } from './catalog/changes.ts'
import * as schema from './schema/index.ts'

export const database = defineDatabase({
  schema,
  migrations: new URL('../migrations', import.meta.url),
  watched,
})

export const { db } = database
