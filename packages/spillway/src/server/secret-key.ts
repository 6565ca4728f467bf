/** The key that signs what clients carry for us. @module */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A key that is made once and kept in DATA_DIR, for when SECRET_KEY is unset. Several machines must be given the same
 * SECRET_KEY, or what one has signed counts for nothing on the others.
 */
export async function keptSecretKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret-key')
  await mkdir(dataDir, { recursive: true })
  try {
    // Whoever is first writes it; `wx` fails for the others, and they read what the first has written.
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return (await readFile(path, 'utf8')).trim()
}
