/**
 * Child processes that don't outlive us, not even after `kill -9`: a tiny shell holds their ids and reads from a pipe
 * that only we hold open. When the pipe closes, for whatever reason, it signals them, and kills what is left.
 *
 * @module
 */
import type { constants } from 'node:os'

type Signal = keyof typeof constants.signals

export interface Tether {
  /** Signals `pid` with `signal` should this process disappear. Call the returned function once the child has exited. */
  hold(pid: number, signal: Signal): () => void
  /** Ends the watcher; what is still held is signalled, and killed after the grace. */
  stop(): Promise<void>
}

interface TetherOptions {
  /** Time between the first signal and SIGKILL. @default 8000 */
  graceMs?: number
}

/**
 * Starts the watcher. It lives in a session of its own, so Ctrl-C doesn't reach it, and runs as the user we are.
 *
 * @example
 * const tether = startTether()
 * const worker = Bun.spawn(['bun', 'worker.ts'])
 * const release = tether.hold(worker.pid, 'SIGTERM')
 * await worker.exited
 * release()
 * await tether.stop()
 */
export function startTether({ graceMs = 8000 }: TetherOptions = {}): Tether {
  const held = new Map<number, Signal>()
  let stopping = false
  let watcher = startWatcher()

  function startWatcher() {
    const tenths = Math.ceil(graceMs / 100)
    // Our id is there for people who wonder whose watcher they see.
    const command = ['/bin/sh', '-c', watcherScript, 'spillway-tether', String(process.pid), String(tenths)]
    // With its start, so that there is no moment in which it knows of nobody.
    for (const [pid, signal] of held) command.push(`${pid}:${shortName(signal)}`)
    const started = Bun.spawn(command, {
      stdin: 'pipe',
      stdout: 'ignore',
      stderr: 'ignore',
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      detached: true,
      onExit() {
        if (stopping) return
        // Somebody killed the watcher: without a new one the children would be free to outlive us.
        watcher = startWatcher()
      },
    })
    // The watcher ends when we do; it must not be what keeps us from ending.
    started.unref()
    return started
  }

  function tell(line: string) {
    watcher.stdin.write(`${line}\n`)
    // It fails when somebody has just killed the watcher; then `onExit` starts another that knows everything.
    Promise.resolve(watcher.stdin.flush()).catch(() => undefined)
  }

  return {
    hold(pid, signal) {
      held.set(pid, signal)
      tell(`hold ${pid} ${shortName(signal)}`)
      return () => {
        if (!held.delete(pid) || stopping) return
        tell(`drop ${pid}`)
      }
    },
    async stop() {
      if (stopping) return
      stopping = true
      watcher.ref()
      await watcher.stdin.end()
      await watcher.exited
    },
  }
}

/** `kill -s` of POSIX wants INT, not SIGINT. */
function shortName(signal: Signal): string {
  return signal.slice('SIG'.length)
}

/**
 * Start times guard against a pid that was reused between a child's death and ours; where there is no /proc they are
 * all alike, and the pid alone decides.
 */
const watcherScript = `
trap '' HUP INT TERM QUIT
started() {
  line=$(cat "/proc/$1/stat" 2>/dev/null) || { echo unknown; return; }
  set -- \${line##*) }
  [ "$1" = Z ] && echo dead || echo "\${20}"
}
drop() {
  kept=
  for entry in $held; do
    case $entry in "$1":*) ;; *) kept="$kept $entry" ;; esac
  done
  held=$kept
}
each() {
  left=
  for entry in $held; do
    pid=\${entry%%:*} rest=\${entry#*:}
    [ "$(started "$pid")" = "\${rest#*:}" ] || continue
    kill -s "\${1:-\${rest%%:*}}" "$pid" 2>/dev/null && left="$left $entry"
  done
  held=$left
}
grace=$2
shift 2
held=
for entry; do
  held="$held $entry:$(started "\${entry%%:*}")"
done
while read -r verb pid signal; do
  drop "$pid"
  [ "$verb" = hold ] && held="$held $pid:$signal:$(started "$pid")"
done
each
tenths=0
while [ -n "$held" ] && [ "$tenths" -lt "$grace" ]; do
  sleep 0.1
  tenths=$((tenths + 1))
  each 0
done
each KILL
`
