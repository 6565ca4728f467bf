/** The database: queries on `db` go to replicas, writes to the primary. @module */
import { defineDatabase } from 'spillway/database'
import * as schema from './schema.ts'

export const database = defineDatabase({ schema, migrations: new URL('./migrations', import.meta.url) })
export const { db } = database
