/** A process and all that it started, as Linux shows them under /proc. Elsewhere the tree is unknown and reads as empty. */
import { readdirSync, readFileSync } from 'node:fs'

/** `sysconf(_SC_CLK_TCK)`: 100 on every Linux that Bun runs on. */
const ticksPerSecond = 100

export interface ProcessStat {
  pid: number
  name: string
  parent: number
  /** `Z` is a process that has ended and waits for its parent to notice. */
  state: string
  cpuSeconds: number
  /** Ticks since boot: with the pid it names a process for good, pids alone come round again. */
  startedAt: number
}

export function processTree(root: number): ProcessStat[] {
  const all = allProcesses()
  const tree = all.filter((process) => process.pid === root)
  // `tree` grows while it is walked: children of children are found as well.
  for (const parent of tree) tree.push(...all.filter((process) => process.parent === parent.pid))
  return tree
}

/**
 * CPU time that a server has used so far. PostgreSQL is left out where the server started it itself:
 * the peers' database runs outside of their trees too.
 */
export function serverCpuSeconds(root: number): number | undefined {
  const tree = processTree(root).filter((process) => process.name !== 'postgres')
  return tree.length === 0 ? undefined : tree.reduce((sum, process) => sum + process.cpuSeconds, 0)
}

/** Whether the process that `process` described still runs. */
export function isAlive(process: ProcessStat): boolean {
  const now = readStat(process.pid)
  return now !== undefined && now.startedAt === process.startedAt && now.state !== 'Z'
}

export function parseStat(text: string): ProcessStat {
  // The name stands in parentheses and may hold spaces and parentheses itself.
  const nameEnd = text.lastIndexOf(')')
  const fields = text.slice(nameEnd + 2).split(' ')
  return {
    pid: Number.parseInt(text, 10),
    name: text.slice(text.indexOf('(') + 1, nameEnd),
    parent: Number(fields[1]),
    state: fields[0]!,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    startedAt: Number(fields[19]),
  }
}

function allProcesses(): ProcessStat[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(Number(pid)) ?? [])
}

function readStat(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined // it ended between the listing and the reading
  }
}
