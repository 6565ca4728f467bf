/** One PostgreSQL process on its folder. @module */
import { chownSync, closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SpillwayError } from '../foundation/errors.ts'
import type { Tether } from '../foundation/tether.ts'
import { runAs } from './account.ts'
import { Admin, type Status } from './admin.ts'
import { renderConfig, type ServerConfig } from './config.ts'
import { stopLeftovers } from './leftovers.ts'
import { boundLog, lastLines, logSize, readLog } from './log.ts'
import { pause } from './pause.ts'
import type { Placement } from './placement.ts'

interface ServerOptions {
  name: string
  folder: string
  logPath: string
  /** Its `cluster_name`: no other server on this machine has it. */
  mark: string
  url: string
  config: ServerConfig
  placement: Placement
  tether: Tether
}

/** Launch, ask, stop: no restarts here, those are decided above. It can be launched again after it has exited. */
export class PostgresServer {
  readonly name: string
  readonly folder: string
  readonly url: string
  /** Connections to "postgres" don't stand in the way of those who drop and restore the database "spillway". */
  readonly adminUrl: string
  readonly #options: ServerOptions
  readonly #admin: Admin
  #process: Bun.Subprocess | undefined
  #logOffset = 0
  #ending = 'never started'

  constructor(options: ServerOptions) {
    this.#options = options
    this.name = options.name
    this.folder = options.folder
    this.url = options.url
    this.adminUrl = options.url.replace(/\/spillway$/, '/postgres')
    this.#admin = new Admin(this.adminUrl)
  }

  /** A complete data folder is there. */
  get exists(): boolean {
    return existsSync(join(this.folder, 'PG_VERSION'))
  }

  get running(): boolean {
    // `onExit` may come a little later than the end itself.
    return this.#process?.exitCode === null && this.#process.signalCode === null
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** How the process ended last. */
  get ending(): string {
    return this.#ending
  }

  /** Starts the process; whether it answers is asked with `answers()`. What is left of an earlier one is cleared away. */
  launch() {
    const { folder, logPath, mark, placement, tether } = this.#options
    const configFile = this.#configure()
    // Nobody runs on this folder (we have the lock, and `clearLeftovers` looked), so the id in it is stale; PostgreSQL
    // itself would refuse to start when an unrelated process has got that id.
    rmSync(join(folder, 'postmaster.pid'), { force: true })
    boundLog(logPath)
    this.#logOffset = logSize(logPath)
    const log = openSync(logPath, 'a')
    try {
      const { postgres } = placement.binaries
      const settings = ['-c', `config_file=${configFile}`, '-c', `cluster_name=${mark}`]
      const child = Bun.spawn([postgres, '-D', folder, ...settings], {
        cwd: '/',
        env: launchEnvironment(),
        stdin: 'ignore',
        stdout: log,
        stderr: log,
        // A session of its own: Ctrl-C in the terminal is for us, who then stop it in order.
        detached: true,
        ...runAs(placement.account),
        onExit: (_, code, signal) => {
          this.#ending = signal === null ? `exit code ${code}` : `signal ${signal}`
          release()
          clearInterval(bounding)
          if (this.#process === child) this.#process = undefined
        },
      })
      const release = tether.hold(child.pid, 'SIGINT')
      const bounding = setInterval(() => boundLog(logPath), 60_000)
      bounding.unref()
      this.#process = child
    } finally {
      closeSync(log)
    }
  }

  /** Ends what still runs on this folder from before; returns the ids. */
  clearLeftovers(): Promise<number[]> {
    return stopLeftovers(this.#options.mark)
  }

  query(text: string, parameters?: unknown[]) {
    return this.#admin.query(text, parameters)
  }

  status(): Promise<Status> {
    return this.#admin.status()
  }

  async answers(): Promise<boolean> {
    return (await this.status()) === 'ready'
  }

  /** What the server has logged since it was launched. */
  log(): string {
    return readLog(this.#options.logPath, this.#logOffset)
  }

  lastLog(lines = 8): string {
    return lastLines(this.log(), lines)
  }

  /** Resolves when the process is gone; at once when there is none. */
  async exited() {
    await this.#process?.exited
  }

  /** As after a power cut. It resolves when the process is gone. */
  async kill() {
    this.#process?.kill('SIGKILL')
    await this.exited()
  }

  /** Fast shutdown, so that the next start needs no recovery; harder when that takes too long. */
  async stop() {
    await this.#admin.close()
    await this.#end('SIGINT', 20_000)
    if (!this.running) return
    await this.#end('SIGQUIT', 5_000)
    await this.#end('SIGKILL', 5_000)
    // A server that had to be killed may leave children that hang.
    await this.clearLeftovers()
  }

  async #end(signal: NodeJS.Signals, patienceMs: number) {
    const child = this.#process
    if (!child) return
    child.kill(signal)
    const ended = new AbortController()
    await Promise.race([child.exited, pause(patienceMs, ended.signal)])
    ended.abort()
  }

  startFailed(): SpillwayError {
    const log = this.lastLog()
    return new SpillwayError('EMBEDDED_START_FAILED', `The embedded ${this.name} does not start:\n${log}`, {
      hint: /No space left/.test(log) ? 'Free some room on the disk.' : `The whole log is ${this.#options.logPath}.`,
    })
  }

  /** Beside the data folder, not in it: that belongs to the account, and root should write nothing where others can. */
  #configure(): string {
    const { name, config, placement } = this.#options
    const file = join(placement.home, `${name}.conf`)
    writeFileSync(file, renderConfig(config), { mode: 0o600 })
    if (placement.account) chownSync(file, placement.account.uid, placement.account.gid)
    return file
  }
}

/** Without our own variables: PGPORT, PGDATA and the like would change what the server does. */
export function launchEnvironment(): Record<string, string> {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C' }
}
