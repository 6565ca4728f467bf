import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { SpillwayError } from './errors.ts'
import { describeSettings, onOff, platformSettings, readSettings, wholeNumber } from './settings.ts'

const schema = z.object({
  SIZE_MB: wholeNumber(64, { min: 1, max: 1024, description: 'size of the box' }),
  FAST: onOff(true, { description: 'go fast' }),
  TOKEN: z.string().min(8).optional().meta({ description: 'for the till', secret: true }),
})

const folder = mkdtempSync(join(tmpdir(), 'spillway-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(content: string): string {
  const path = join(folder, `secret-${Math.random()}`)
  writeFileSync(path, content)
  return path
}

describe('settings', () => {
  test('have defaults, which an empty variable leaves alone', () => {
    expect(readSettings(schema, {})).toEqual({ SIZE_MB: 64, FAST: true })
    expect(readSettings(schema, { SIZE_MB: '', FAST: '', TOKEN: '' })).toEqual({ SIZE_MB: 64, FAST: true })
  })

  test.each([
    ['on', true],
    ['true', true],
    ['1', true],
    ['off', false],
    ['false', false],
    ['0', false],
  ])('of two values can be %p', (given, value) => {
    expect(readSettings(schema, { FAST: given }).FAST).toBe(value)
  })

  test.each(['eighty', '0', '1025', '1.5', '64MB', 'NaN'])('that are whole numbers are not %p', (given) => {
    expect(mistakesIn({ SIZE_MB: given })).toContain(
      `  SIZE_MB: expected a whole number from 1 to 1024, got "${given}"; for example SIZE_MB=64`,
    )
  })

  test('tell every mistake at once', () => {
    const message = mistakesIn({ SIZE_MB: '-1', FAST: 'maybe', TOKEN: 'short' })
    expect(message).toStartWith('3 settings are wrong:\n')
    for (const name of ['SIZE_MB', 'FAST', 'TOKEN']) expect(message).toContain(`\n  ${name}: `)
  })

  test('do not tell a secret, not even a wrong one', () => {
    expect(mistakesIn({ TOKEN: 'short' })).not.toContain('short')
  })

  test('are read from files', () => {
    expect(readSettings(schema, { TOKEN_FILE: file('long enough\n') }).TOKEN).toBe('long enough')
    expect(readSettings(schema, { TOKEN_FILE: file('\n') }).TOKEN).toBeUndefined()
  })

  test('come from one place, and from a file that is there', () => {
    expect(mistakesIn({ TOKEN: 'long enough', TOKEN_FILE: file('another one') })).toContain(
      'set TOKEN or TOKEN_FILE, not both',
    )
    expect(mistakesIn({ TOKEN_FILE: '/nonexistent/token' })).toContain('TOKEN_FILE cannot be read: ENOENT')
  })

  test('are described with their source, secrets masked', () => {
    const rows = describeSettings(schema, { SIZE_MB: '128', TOKEN_FILE: file('long enough') })
    expect(rows.map(({ name, value, source }) => [name, value, source])).toEqual([
      ['SIZE_MB', '128', 'environment'],
      ['FAST', 'on', 'default'],
      ['TOKEN', '•••', 'environment'],
    ])
    expect(rows[0]?.description).toBe('size of the box')
  })
})

describe("the platform's settings", () => {
  test('are all right when none is set', () => {
    const settings = readSettings(platformSettings, {})
    expect(settings).toMatchObject({ PORT: 8000, HOST: '127.0.0.1', DATA_DIR: '.spillway', DATABASE_REPLICA_URLS: [] })
  })

  test('have a description and an example or a default each', () => {
    for (const { name, description, example, value } of describeSettings(platformSettings, {})) {
      expect(description, name).not.toBeEmpty()
      expect(example || value, name).not.toBeEmpty()
    }
  })

  test('accept examples of their own', () => {
    const rows = describeSettings(platformSettings, {}).filter(({ example }) => example)
    const env = Object.fromEntries(rows.map(({ name, example }) => [name, example]))
    expect(() => readSettings(platformSettings, env)).not.toThrow()
  })

  test('take several replicas', () => {
    const DATABASE_REPLICA_URLS = 'postgres://a@one/shop, postgresql://b@two/shop,'
    expect(readSettings(platformSettings, { DATABASE_REPLICA_URLS }).DATABASE_REPLICA_URLS).toEqual([
      'postgres://a@one/shop',
      'postgresql://b@two/shop',
    ])
    expect(mistakesIn({ DATABASE_REPLICA_URLS: 'mysql://a@one/shop' }, platformSettings)).toContain('a PostgreSQL URL')
  })

  test('show where a database is, and not its password', () => {
    const DATABASE_URL = 'postgres://shop:pass%40word@db:5432/shop'
    const row = describeSettings(platformSettings, { DATABASE_URL }).find(({ name }) => name === 'DATABASE_URL')
    expect(row?.value).toBe('postgres://shop:•••@db:5432/shop')
    const [several] = describeSettings(platformSettings, {
      DATABASE_URL: 'postgres://shop:secret@a:5432,b/shop',
    }).filter(({ name }) => name === 'DATABASE_URL')
    expect(several?.value).toBe('postgres://shop:•••@a:5432,b/shop')
  })
})

function mistakesIn(env: Record<string, string>, of: z.ZodObject<Record<string, z.ZodType>> = schema): string {
  try {
    readSettings(of, env)
  } catch (error) {
    if (error instanceof SpillwayError && error.code === 'SETTINGS_INVALID') return error.message
    throw error
  }
  throw new Error('there was none')
}
