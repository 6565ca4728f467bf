/** Where a run took place: figures without this mean nothing. */
import { availableParallelism, cpus, release, type as systemName, totalmem } from 'node:os'
import { SQL } from 'bun'

export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  kernel: string
  bun: string
  node: string
  wrk: string
  postgresql: string
}

export async function describeMachine(replicaUrl: string): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${systemName()} ${release()}`,
    bun: Bun.version,
    node: firstWords(['node', '--version'], /v([\d.]+)/),
    wrk: firstWords(['wrk', '-v'], /wrk (?:debian\/)?(\S+)/),
    postgresql: await postgresqlVersion(replicaUrl),
  }
}

function firstWords(command: [string, ...string[]], pattern: RegExp): string {
  if (!Bun.which(command[0])) return 'none'
  const { stdout, stderr } = Bun.spawnSync(command, { stdout: 'pipe', stderr: 'pipe' })
  return pattern.exec(stdout.toString() + stderr.toString())?.[1] ?? 'unknown'
}

async function postgresqlVersion(url: string): Promise<string> {
  await using sql = new SQL({ url, max: 1 })
  const [row] = await sql`show server_version`
  return String(row.server_version)
}
