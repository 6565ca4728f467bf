/** A server under test: a process of its own on a port of its own, started, awaited and ended with all that it started. */
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryFolder } from './paths.ts'
import { isAlive, type ProcessStat, processTree, serverCpuSeconds } from './process-tree.ts'

export interface ServerPlan {
  name: string
  command: readonly string[]
  env: Readonly<Record<string, string>>
  /** Answers 200 as soon as the server can be measured. */
  readyPath: string
  readyWithinMs: number
}

export interface Server extends AsyncDisposable {
  name: string
  url: string
  cpuSeconds(): number | undefined
}

const pollMs = 50
const endWithinMs = 30_000

export async function startServer(plan: ServerPlan, logFolder: string, signal: AbortSignal): Promise<Server> {
  signal.throwIfAborted()
  const port = freePort()
  const url = `http://127.0.0.1:${port}`
  const logFile = join(logFolder, `${plan.name}.log`)
  const log = openSync(logFile, 'a')
  const child = Bun.spawn([...plan.command], {
    cwd: repositoryFolder,
    env: { ...bareEnvironment(), ...plan.env, PORT: String(port), HOST: '127.0.0.1' },
    stdin: 'ignore',
    stdout: log,
    stderr: log,
    // A session of its own: Ctrl-C reaches only the benchmark, which then ends its servers in order.
    detached: true,
  })
  try {
    await becomeReady(url + plan.readyPath, plan.readyWithinMs, child, signal)
  } catch (cause) {
    await end(child)
    signal.throwIfAborted()
    const lines = (await Bun.file(logFile).text()).trimEnd().split('\n').slice(-20).join('\n')
    throw new Error(`${plan.name} did not become ready; the end of its log:\n${lines}`, { cause })
  }
  return {
    name: plan.name,
    url,
    cpuSeconds: () => serverCpuSeconds(child.pid),
    [Symbol.asyncDispose]: () => end(child),
  }
}

/** Settings in the caller's shell (DATABASE_URL, NODE_OPTIONS…) must not change what is measured. */
export function bareEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TZ']
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** Free now; nothing else on the machine asks for ports so eagerly that it would be gone a moment later. */
function freePort(): number {
  const listener = Bun.listen({ port: 0, hostname: '127.0.0.1', socket: { data() {} } })
  const { port } = listener
  listener.stop(true)
  return port
}

async function becomeReady(url: string, withinMs: number, child: Bun.Subprocess, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + withinMs
  for (;;) {
    signal.throwIfAborted()
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`It ended with ${child.exitCode ?? child.signalCode}`)
    }
    if (performance.now() > deadline) throw new Error(`${url} gave no 200 within ${withinMs / 1000} s`)
    if (await answers(url, signal)) return
    await Bun.sleep(pollMs)
  }
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) })
    await response.bytes()
    return response.status === 200
  } catch {
    return false // not listening yet; the caller's deadline ends the waiting
  }
}

/** Asks first, so that an embedded database shuts down cleanly; then ends by pid whatever of the tree is left. */
async function end(child: Bun.Subprocess): Promise<void> {
  const tree = processTree(child.pid)
  child.kill('SIGTERM')
  await Promise.race([child.exited, Bun.sleep(endWithinMs)])
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await child.exited
  const left = await leftOver(tree, 5_000)
  for (const process of left) killQuietly(process)
}

async function leftOver(tree: readonly ProcessStat[], withinMs: number): Promise<ProcessStat[]> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const left = tree.filter(isAlive)
    if (left.length === 0 || performance.now() > deadline) return left
    await Bun.sleep(pollMs)
  }
}

function killQuietly({ pid }: ProcessStat): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended by itself in the meantime
  }
}
