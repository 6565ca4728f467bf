/**
 * Writes docs/settings.md from the schema that reads the settings. `--check` only tells whether it is current.
 *
 * Run as `npm run docs:settings`.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import shop from '../apps/shop/src/app.ts'
import { describeSettings } from '../packages/spillway/src/foundation/index.ts'

const path = fileURLToPath(new URL('../docs/settings.md', import.meta.url))

const rows = describeSettings(shop.settingsSchema, {}).map(({ name, value, description, example }) => {
  const byDefault = value === '' ? '' : `\`${value}\``
  return `| \`${name}\` | ${byDefault} | ${description} | \`${name}=${example}\` |`
})

const text = `# Settings

From the environment, from \`.env\` in the working folder, or from a file: \`NAME_FILE=/run/secrets/name\` reads \`NAME\` from it.
An empty value counts as unset. \`npx spillway settings\` shows the effective ones, secrets masked; \`--json\` for programs.
All mistakes are reported at once, each with what was expected and an example.

A further database has settings by its name, such as \`ANALYTICS_DATABASE_URL\`: see [Database](database.md#several-databases).
The store adds \`PUBLIC_URL\` and \`DEMO_SCALE\`; the others are the platform's. This table is written by \`npm run docs:settings\`.

| setting | default | what it does | example |
|---|---|---|---|
${rows.join('\n')}
`

if (process.argv.includes('--check')) {
  const isCurrent =
    (await Bun.file(path)
      .text()
      .catch(() => '')) === text
  if (!isCurrent) console.error('docs/settings.md is not current: run `npm run docs:settings`.')
  process.exit(isCurrent ? 0 : 1)
}
await Bun.write(path, text)
