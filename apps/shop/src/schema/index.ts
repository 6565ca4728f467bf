/** The shop's whole schema, for queries and for `drizzle-kit generate`. @module */
export * from './accounts.ts'
export * from './browsing.ts'
export * from './catalog.ts'
export * from './orders.ts'
export * from './reports.ts'
