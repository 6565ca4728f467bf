import { defineConfig } from 'drizzle-kit'

/** `npm run migrations:generate` writes the next SQL file from the schema. */
export default defineConfig({ dialect: 'postgresql', schema: './src/schema/index.ts', out: './migrations' })
