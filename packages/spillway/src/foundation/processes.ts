/** The processes of this machine, without any tool where there is a /proc (small containers have no `ps`). @module */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

export interface RunningProcess {
  pid: number
  /** Program and arguments, with spaces between; or the title that the process gave itself. */
  command: string
}

/**
 * All that run, of all users; not those that have ended and wait for their parent to notice.
 *
 * @example
 * const servers = runningProcesses().filter(({ command }) => command.startsWith('postgres'))
 */
export function runningProcesses(): RunningProcess[] {
  return existsSync('/proc/self/cmdline') ? fromProc() : fromPs()
}

function fromProc(): RunningProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    const command = Number.isInteger(pid) ? readCommand(pid) : ''
    return command === '' ? [] : [{ pid, command }]
  })
}

/** Empty for a zombie, and for the kernel's own. */
function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    // It ended between the listing and this line.
    return ''
  }
}

function fromPs(): RunningProcess[] {
  const { stdout } = Bun.spawnSync(['ps', '-axww', '-o', 'pid=,stat=,args='])
  const lines = stdout.toString().matchAll(/^\s*(\d+)\s+(\S+)\s+(.*)$/gm)
  return [...lines].flatMap(([, pid, state, command]) =>
    state?.startsWith('Z') ? [] : [{ pid: Number(pid), command: command ?? '' }],
  )
}
