/** Whoever started the program: a terminal, or a runner such as npm. Without it the program must not stay behind. @module */
import { closeSync, openSync, readFileSync } from 'node:fs'

const checkEveryMs = 500

/**
 * A runner passes signals on, but can't when it is killed. Programs that were started by hand or by a service manager
 * have none: they may outlive the shell.
 */
export function onRunnerGone(act: () => void): void {
  // Set by npm, pnpm, yarn and `bun run`.
  if (!process.env['npm_lifecycle_event']) return
  const before = runner()
  const timer = setInterval(() => {
    if (runner() === before) return
    clearInterval(timer)
    act()
  }, checkEveryMs)
  timer.unref()
}

/** Whether this process has a terminal that Ctrl-C comes from, also when its output goes elsewhere. */
export function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    // That is how the system says no.
    return false
  }
}

/** The process above us, and the one above that when npm has put a shell between. */
function runner(): string {
  const parent = process.ppid
  const { name, above } = processStatus(parent)
  return /^(sh|bash|dash|ash|zsh)$/.test(name) ? `${above} ${parent}` : `${parent}`
}

function processStatus(pid: number): { name: string; above: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return { name: /^Name:\s+(.*)$/m.exec(status)?.[1] ?? '', above: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]) }
  } catch {
    // It is gone, or this system has no /proc; there the shell gives its place to the program, so nothing is between.
    return { name: '', above: 0 }
  }
}
