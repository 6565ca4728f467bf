/** The peers' packages live in a folder of their own and are installed when they are first needed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { peersFolder } from './paths.ts'

export async function installPeers(say: (text: string) => void, signal: AbortSignal): Promise<void> {
  if (await areInstalled()) return
  say('Installing the peers (npm ci --prefix benchmarks/peers)…')
  const install = Bun.spawn(['npm', 'ci', '--prefix', peersFolder], { stdout: 'ignore', stderr: 'pipe', signal })
  const [complaint] = await Promise.all([install.stderr.text(), install.exited])
  signal.throwIfAborted()
  if (install.exitCode !== 0) throw new Error(`npm ci --prefix benchmarks/peers failed:\n${complaint}`)
}

async function areInstalled(): Promise<boolean> {
  const { dependencies } = (await Bun.file(join(peersFolder, 'package.json')).json()) as {
    dependencies: Record<string, string>
  }
  for (const [name, version] of Object.entries(dependencies)) {
    const file = join(peersFolder, 'node_modules', name, 'package.json')
    if (!existsSync(file)) return false
    if ((await Bun.file(file).json()).version !== version) return false
  }
  return true
}
