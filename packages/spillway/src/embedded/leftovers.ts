/** Servers of a data folder that outlived the process which started them. @module */
import { SpillwayError } from '../foundation/errors.ts'
import { runningProcesses } from '../foundation/processes.ts'

interface Leftover {
  pid: number
  /** The server itself, not one of the processes that it forked. */
  leader: boolean
}

/**
 * The processes of the server that runs under `mark`. It carries it as its `cluster_name`, which PostgreSQL shows in
 * the title of every process it forks; so these are found when the server's own process or its postmaster.pid is
 * already gone, and another program that has got the pid written there is not mistaken for it.
 */
export function findLeftovers(mark: string): Leftover[] {
  return runningProcesses().flatMap(({ pid, command }) => {
    if (command.includes(`cluster_name=${mark}`) && /postgres\S* -D /.test(command)) return { pid, leader: true }
    if (command.startsWith(`postgres: ${mark}`)) return { pid, leader: false }
    return []
  })
}

/** Stops them: first as `pg_ctl stop -m fast` would, then harder. Returns the ids that it found. */
export async function stopLeftovers(mark: string): Promise<number[]> {
  const found = findLeftovers(mark)
  let left = found
  for (const { signal, to, patienceMs } of [
    // Only the server itself understands these two; to its children they mean other things.
    { signal: 'SIGINT', to: 'leader', patienceMs: 10_000 },
    { signal: 'SIGQUIT', to: 'leader', patienceMs: 3_000 },
    { signal: 'SIGKILL', to: 'all', patienceMs: 3_000 },
  ] as const) {
    if (left.length === 0) break
    for (const { pid, leader } of left) {
      if (leader || to === 'all') signalIfAlive(pid, signal)
    }
    // Without their server, the others notice by themselves that they should go; those that don't, hang.
    left = await remaining(mark, left.some(({ leader }) => leader) ? patienceMs : 1_000)
  }
  if (left.length === 0) return found.map(({ pid }) => pid)
  const pids = left.map(({ pid }) => pid).join(', ')
  throw new SpillwayError('EMBEDDED_IN_USE', `Server processes ${pids} of this data folder don't end.`, {
    hint: 'They may run as another user, or hang on a disk. End them, then start again.',
  })
}

async function remaining(mark: string, patienceMs: number): Promise<Leftover[]> {
  const deadline = performance.now() + patienceMs
  let left = findLeftovers(mark)
  while (left.length > 0 && performance.now() < deadline) {
    await Bun.sleep(20)
    left = findLeftovers(mark)
  }
  return left
}

function signalIfAlive(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone in the meantime, or not ours to signal; who is left after the wait is what counts.
  }
}
