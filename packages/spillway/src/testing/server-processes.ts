/** The processes of an embedded database server, to stop and to watch. @module */
import type { EmbeddedServer } from '../embedded/index.ts'
import { until } from './until.ts'

/** Those that it has now: one that is connected to later has a process that isn't among them. */
function processesOf({ pid }: EmbeddedServer): number[] {
  const children = Bun.spawnSync(['pgrep', '-P', String(pid)])
    .stdout.toString()
    .split('\n')
  return [pid!, ...children.filter(Boolean).map(Number)]
}

/** @returns whether it was there to get it. A connection's process may end at any time. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** Stops all of its processes in their tracks. @returns what lets them go on. */
export function hang(server: EmbeddedServer): () => void {
  const stopped = processesOf(server).filter((pid) => signal(pid, 'SIGSTOP'))
  return () => {
    for (const pid of stopped) signal(pid, 'SIGCONT')
  }
}

/** Kills it, and waits until those that serve its connections have noticed: till then they go on answering. */
export async function killWhole(server: EmbeddedServer): Promise<void> {
  const processes = processesOf(server)
  await server.kill()
  await until(() => !someRun(processes), { what: 'the end of its connections' })
}

/** One that has ended may keep its number for as long as nobody asks how. */
function someRun(pids: number[]): boolean {
  const states = Bun.spawnSync(['ps', '-o', 'stat=', '-p', pids.join(',')]).stdout.toString()
  return /^[^Z\s]/m.test(states)
}
