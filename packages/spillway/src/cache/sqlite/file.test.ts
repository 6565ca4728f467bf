import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'spillway-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Each round begins at the same moment in all processes, with a file that isn't there yet. */
const opener = `
  import { SqliteBus, SqliteTier } from ${JSON.stringify(join(import.meta.dir, '../index.ts'))}
  for (let round = 0; round < 15; round++) {
    const atMs = Number(process.env.START_MS) + round * 60
    while (Date.now() < atMs) {}
    const path = \`${folder}/\${round}.db\`
    const [tier, bus] = [new SqliteTier({ path }), new SqliteBus(path)]
    await bus.close()
    await tier.close()
  }`

test('processes that start together make the file together', async () => {
  const env = { ...process.env, START_MS: String(Date.now() + 1_500) }
  const openers = Array.from({ length: 4 }, () =>
    Bun.spawn([process.execPath, '-e', opener], { env, stdout: 'ignore', stderr: 'pipe' }),
  )
  const errors = await Promise.all(openers.map(({ stderr }) => new Response(stderr).text()))
  expect(errors.join('')).toBe('')
  expect(await Promise.all(openers.map(({ exited }) => exited))).toEqual([0, 0, 0, 0])
})
