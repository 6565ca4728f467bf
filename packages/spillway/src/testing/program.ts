/**
 * Whole programs for tests: `spillway start` as people run it, with a DATA_DIR and a port of its own.
 *
 * @module
 */

import { mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../embedded/ports.ts'
import { type RunningProcess, runningProcesses } from '../foundation/processes.ts'
import { until } from './until.ts'

const executable = fileURLToPath(new URL('../../bin/spillway.ts', import.meta.url))

export interface ProgramOptions {
  /** @default 'start' */
  command?: 'start' | 'web' | 'worker'
  /** Beside `DATA_DIR` and `PORT`; the settings of the test's own environment don't reach the program. */
  env?: Record<string, string>
  cwd?: string
  /** The user it runs as; the tests must be root then. */
  uid?: number
  /** Kept when the program is disposed of. Without it there is a new one, which is not. */
  dataDir?: string
  port?: number
  /** Runs before the program in the same command line, such as `npm`'s arguments. */
  through?: (command: string[]) => string[]
}

/** A program that was started, whether it is ready, failing or gone. */
export class Program {
  readonly url: string
  readonly #process: Bun.Subprocess<'ignore', 'pipe', 'pipe'>
  readonly #ownsDataDir: boolean
  /** Ids of its processes, also of those that have ended: their watcher is found by them. */
  readonly #seen = new Set<number>()
  #output = ''
  #hasEnded = false

  constructor(
    readonly app: string,
    readonly dataDir: string,
    readonly port: number,
    options: ProgramOptions,
  ) {
    const { command = 'start', env, cwd, uid, through = (own) => own } = options
    this.url = `http://127.0.0.1:${port}`
    this.#ownsDataDir = options.dataDir === undefined
    this.#process = Bun.spawn(through([process.execPath, executable, command, app]), {
      env: { ...plainEnvironment(), DATA_DIR: dataDir, PORT: String(port), WEB_WORKERS: '2', NO_COLOR: '1', ...env },
      cwd: cwd ?? dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as a terminal makes one, so that a test can signal all of it.
      detached: true,
      ...(uid !== undefined && { uid, gid: uid }),
    })
    void this.#process.exited.then(() => {
      this.#hasEnded = true
    })
    for (const stream of [this.#process.stdout, this.#process.stderr]) void this.#collect(stream)
  }

  /** The process that was started: the supervisor, unless it was started `through` something. */
  get pid(): number {
    return this.#process.pid
  }

  /** What it has written until now, to both streams. */
  get output(): string {
    return this.#output
  }

  /** Resolves with the exit code; a signal counts as 128 and its number, as in a shell. */
  get exited(): Promise<number> {
    return this.#process.exited
  }

  get supervisorPid(): number {
    return this.#pidsOf((command) => command.startsWith(`${process.execPath} ${executable}`))[0]!
  }

  get workerPids(): number[] {
    return this.#pidsOf((command) => command.includes('web-worker.ts'))
  }

  get taskWorkerPids(): number[] {
    return this.#pidsOf((command) => command.includes('task-worker.ts'))
  }

  /** Everything that belongs to it: supervisor, workers, watcher, database servers. */
  processes(): RunningProcess[] {
    const all = runningProcesses().filter(({ pid }) => pid !== process.pid)
    const own = all.filter((one) => worksOn(this.dataDir, one))
    for (const { pid } of own) this.#seen.add(pid)
    return [...own, ...all.filter(({ command }) => this.#seen.has(watchedBy(command)))]
  }

  async ready(timeoutMs = 30_000): Promise<this> {
    await this.says(/^Ready in [\s\S]*Ctrl-C stops .*\r?\n/m, timeoutMs)
    this.processes()
    return this
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal)
  }

  /** Waits until it has said something. */
  async says(text: string | RegExp, timeoutMs = 30_000): Promise<void> {
    const said = () => this.output.match(text)
    await until(() => said() || this.#hasEnded, { timeoutMs }).catch(() => undefined)
    if (said()) return
    const state = this.#hasEnded ? 'ended' : `runs for ${timeoutMs} ms now`
    throw new Error(`The program ${state} and has not said ${text}, but:\n${this.output}`)
  }

  /** Resolves when nothing of it is left. */
  async gone(timeoutMs = 15_000): Promise<void> {
    try {
      await until(() => this.processes().length === 0, { timeoutMs })
    } catch {
      const left = this.processes().map(({ pid, command }) => `${pid} ${command}`)
      throw new Error(`After ${timeoutMs} ms there is still:\n${left.join('\n')}\n\nIts output:\n${this.output}`)
    }
  }

  /** As Ctrl-C does it: the exit code, when nothing is left. */
  async stop(): Promise<number> {
    this.signal('SIGTERM')
    const code = await this.exited
    await this.gone()
    return code
  }

  /** Stops it if need be, kills what a failed test left, and removes its folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) {
      this.signal('SIGTERM')
      await Promise.race([this.exited, Bun.sleep(20_000)])
    }
    killAll(this.processes())
    await until(() => this.processes().length === 0, { what: 'the processes to be killed' })
    if (this.#ownsDataDir) rmSync(this.dataDir, { recursive: true, force: true })
  }

  #pidsOf(isIt: (command: string) => boolean): number[] {
    return this.processes().flatMap(({ pid, command }) => (isIt(command) ? pid : []))
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    for await (const part of stream) this.#output += decoder.decode(part, { stream: true })
  }
}

/**
 * Starts the program without waiting for anything, for tests of starts that fail or are interrupted.
 *
 * @param app the file or folder of the app.
 */
export function launchProgram(app: string, options: ProgramOptions = {}): Program {
  const dataDir = options.dataDir ?? temporaryFolder()
  return new Program(app, dataDir, options.port ?? freePort([]), options)
}

/**
 * Starts the program and waits until it is ready. Declare it with `await using`, and nothing of it outlives the test.
 *
 * @example
 * await using program = await startProgram(app, { env: { WEB_WORKERS: '1' } })
 * expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
 */
export async function startProgram(app: string, options: ProgramOptions = {}): Promise<Program> {
  const program = launchProgram(app, options)
  try {
    return await program.ready()
  } catch (error) {
    await program[Symbol.asyncDispose]()
    throw error
  }
}

/** Runs one `spillway` command to its end. */
export async function runCommand(args: string[], { env = {}, cwd }: Pick<ProgramOptions, 'env' | 'cwd'> = {}) {
  const child = Bun.spawn([process.execPath, executable, ...args], {
    env: { ...plainEnvironment(), ...env },
    ...(cwd && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { stdout, stderr, exitCode: await child.exited }
}

/** A new folder below the system's for temporary files; the caller removes it. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'spillway-program-')))
}

/** It has `dataDir` in its command or its environment, or works in a folder of it, as PostgreSQL's processes do. */
function worksOn(dataDir: string, { pid, command }: RunningProcess): boolean {
  if (command.includes(dataDir)) return true
  const environment = attempt(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))
  if (environment.includes(`DATA_DIR=${dataDir}\0`)) return true
  const cwd = attempt(() => readlinkSync(`/proc/${pid}/cwd`))
  return cwd === dataDir || cwd.startsWith(`${dataDir}/`)
}

/** The supervisor that a watcher watches. */
function watchedBy(command: string): number {
  return Number(/ spillway-tether (\d+) /.exec(command)?.[1])
}

function killAll(processes: RunningProcess[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** What programs need to run, without the settings that somebody may have set for their own program. */
function plainEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '/', TMPDIR } = process.env
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }) }
}

/** Empty for a process that has ended, or that is another user's. */
function attempt(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
