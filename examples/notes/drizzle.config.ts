import { defineConfig } from 'drizzle-kit'

/** Read by `drizzle-kit generate`; paths are relative to the folder where it runs. */
export default defineConfig({ dialect: 'postgresql', schema: './schema.ts', out: './migrations' })
