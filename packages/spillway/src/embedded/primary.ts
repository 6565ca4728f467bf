/** The primary, kept running. @module */
import { messageOf, SpillwayError } from '../foundation/errors.ts'
import type { Announce } from './events.ts'
import { backoffMs, pause } from './pause.ts'
import type { PostgresServer } from './server.ts'

/** A server that stays up for this long has overcome what ended the one before. */
const steadyMs = 5_000
const mostFailures = 6
/** A server that replays its log for long says so to everybody who asks; one that says nothing hangs. */
const silenceMs = 60_000

export class Primary {
  readonly server: PostgresServer
  /** Rejects with `EMBEDDED_CRASH_LOOP` when the server doesn't stay up. */
  readonly failed: Promise<never>
  readonly #fail: (error: SpillwayError) => void
  readonly #announce: Announce
  readonly #stopping = new AbortController()
  #kept: Promise<void> | undefined

  constructor(server: PostgresServer, announce: Announce) {
    const { promise, reject } = Promise.withResolvers<never>()
    // Listening to it is the caller's choice; the event `failed` tells it as well.
    promise.catch(() => undefined)
    this.failed = promise
    this.#fail = reject
    this.server = server
    this.#announce = announce
  }

  /** Resolves when it answers; from then on it is restarted when it dies. */
  async start() {
    const began = performance.now()
    await this.#launch()
    this.#tell('started', `answers on ${portOf(this.server)} after ${Math.round(performance.now() - began)} ms`)
    this.#kept = this.#keep()
  }

  async stop() {
    this.#stopping.abort()
    await this.server.stop()
    await this.#kept
  }

  async #launch() {
    const began = performance.now()
    let heard = began
    let told = false
    this.server.launch()
    for (;;) {
      const status = await this.server.status()
      if (status === 'ready') return
      const now = performance.now()
      if (status === 'starting') heard = now
      if (!this.server.running || now - heard > silenceMs) throw this.server.startFailed()
      if (!told && now - began > 3_000) {
        told = true
        this.#tell('recovering', 'replays its log; this takes as long as there is log since its last checkpoint')
      }
      await pause(now - began > 3_000 ? 100 : 10, this.#stopping.signal)
    }
  }

  async #keep() {
    let failures: number | undefined = 0
    while (failures !== undefined) {
      const up = performance.now()
      await this.server.exited()
      if (this.#stopping.signal.aborted) return
      this.#tell('died', `ended (${this.server.ending}); it is started again`)
      failures = await this.#restart(performance.now() - up > steadyMs ? 0 : failures)
    }
  }

  /** @returns the failures so far, with the one that made this necessary; `undefined` when that's the end of it. */
  async #restart(failuresBefore: number): Promise<number | undefined> {
    const { signal } = this.#stopping
    const began = performance.now()
    let last: unknown
    for (let failures = failuresBefore; failures < mostFailures; failures++) {
      await pause(backoffMs(failures), signal)
      try {
        await this.server.clearLeftovers()
        if (signal.aborted) return undefined
        await this.#launch()
        this.#tell('restarted', `answers again after ${Math.round(performance.now() - began)} ms`)
        return failures + 1
      } catch (error) {
        last = error
      }
      if (signal.aborted) return undefined
    }
    this.#giveUp(last)
    return undefined
  }

  #giveUp(cause: unknown) {
    const reason = cause === undefined ? 'it ends soon after each start' : messageOf(cause)
    const error = new SpillwayError('EMBEDDED_CRASH_LOOP', `The embedded primary does not stay up: ${reason}`, {
      hint: `Its last log lines may say why:\n${this.server.lastLog()}`,
      cause,
    })
    this.#tell('failed', `does not stay up: ${reason}`)
    this.#fail(error)
  }

  #tell(kind: Parameters<Announce>[0]['kind'], what: string) {
    this.#announce({ kind, server: this.server.name, message: `The embedded ${this.server.name} ${what}.` })
  }
}

function portOf(server: PostgresServer): string {
  return `127.0.0.1:${new URL(server.url).port}`
}
