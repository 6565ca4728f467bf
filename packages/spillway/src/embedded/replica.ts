/** One replica, kept streaming: launched, watched, restarted, and copied anew when nothing else helps. @module */
import { messageOf } from '../foundation/errors.ts'
import { cloneRunning } from './clone.ts'
import type { Announce } from './events.ts'
import { flushToDisk } from './initialise.ts'
import { backoffMs, pause } from './pause.ts'
import type { Placement } from './placement.ts'
import type { PostgresServer } from './server.ts'
import { type Link, linkOf, newSlot, whyItCannotStream } from './streaming.ts'

/** How a launch came to its end. */
type Outcome =
  | { kind: 'stopped' }
  | { kind: 'died'; afterMs: number; streamed: boolean }
  | { kind: 'unsound'; reason: string }

const steadyMs = 5_000
const mostFailures = 3
/** Longest time without streaming while the primary answers; replaying the log after a crash must fit in. */
const patienceMs = 60_000

interface ReplicaOptions {
  server: PostgresServer
  primary: PostgresServer
  placement: Placement
  announce: Announce
}

export class Replica {
  readonly server: PostgresServer
  readonly #options: ReplicaOptions
  readonly #stopping = new AbortController()
  readonly #settled = Promise.withResolvers<void>()
  #kept: Promise<void> | undefined
  #flushed: Promise<void> | undefined
  #rounds = 0

  constructor(options: ReplicaOptions) {
    this.#options = options
    this.server = options.server
  }

  /**
   * Resolves when it streams, or when it can't be had for now: then the event `replica-failed` has said why, and it is
   * tried again in the background. A primary without its replica is better than none.
   */
  async start() {
    this.#kept = this.#keep()
    await this.#settled.promise
  }

  async stop() {
    this.#stopping.abort()
    await this.server.stop()
    await this.#kept
    await this.#flushed
  }

  async #keep() {
    const { signal } = this.#stopping
    let unsound: string | undefined
    let failures = 0
    while (!signal.aborted) {
      try {
        if (!this.server.exists) unsound ??= 'it has no data yet'
        if (unsound) await this.#clone(unsound)
        unsound = undefined
        const outcome = await this.#run()
        if (outcome.kind === 'stopped') return
        if (outcome.kind === 'unsound') {
          unsound = outcome.reason
          continue
        }
        failures = outcome.afterMs > steadyMs ? 0 : failures + 1
        this.#tell('died', `ended (${this.server.ending}); it is started again`)
        if (failures >= mostFailures && !outcome.streamed) unsound = `it does not start: ${this.server.lastLog(3)}`
      } catch (error) {
        if (signal.aborted) return
        failures++
        this.#tell('replica-failed', `can't be had now: ${messageOf(error)}`)
        this.#settled.resolve()
      }
      await pause(backoffMs(Math.max(0, failures - 1)), signal)
    }
  }

  async #run(): Promise<Outcome> {
    const { signal } = this.#stopping
    await this.server.clearLeftovers()
    if (signal.aborted) return { kind: 'stopped' }
    this.server.launch()
    const launched = performance.now()
    let streamed = false
    let lastSound = launched
    while (this.server.running && !signal.aborted) {
      const link = await this.#link(streamed)
      if (signal.aborted) break
      if (link.kind === 'streaming' && !streamed) {
        streamed = true
        this.#arrived(performance.now() - launched)
      }
      // Without the primary nobody can stream, which says nothing about the replica.
      if (link.kind !== 'broken') lastSound = performance.now()
      const reason = this.#verdict(link, performance.now() - lastSound)
      if (reason) return { kind: 'unsound', reason }
      const patient = streamed || performance.now() - launched > 5_000
      await Promise.race([pause(patient ? 1_000 : 20, signal), this.server.exited()])
    }
    if (signal.aborted) return { kind: 'stopped' }
    return { kind: 'died', afterMs: performance.now() - launched, streamed }
  }

  /** As the primary sees it; before it has arrived, it must answer questions as well. */
  async #link(arrived: boolean): Promise<Link> {
    const link = await linkOf(this.#options.primary, this.server.name)
    if (link.kind !== 'streaming' || arrived) return link
    return (await this.server.answers()) ? link : { kind: 'broken' }
  }

  #verdict(link: Link, brokenMs: number): string | undefined {
    if (link.kind === 'lost') return 'it fell behind by more log than the primary keeps'
    if (link.kind !== 'broken') return undefined
    if (brokenMs > patienceMs) return `it has not been streaming for ${Math.round(brokenMs / 1000)} s`
    return whyItCannotStream(this.server.log())
  }

  async #clone(reason: string) {
    const { primary, placement } = this.#options
    const { signal } = this.#stopping
    // What it has is thrown away, so there is nothing to shut down in order.
    await this.server.kill()
    await this.server.clearLeftovers()
    while (!signal.aborted && !(await primary.answers())) await pause(50, signal)
    signal.throwIfAborted()
    this.#tell('cloning', `is copied from the primary: ${reason}`)
    await newSlot(primary, this.server.name)
    const { account } = placement
    await cloneRunning({ from: primary.folder, to: this.server.folder, account, signal, url: primary.adminUrl })
    this.#flushed = flushToDisk(placement, this.server.folder)
  }

  #arrived(tookMs: number) {
    this.#rounds++
    const took = `after ${Math.round(tookMs)} ms`
    if (this.#rounds === 1) this.#tell('started', `streams ${took}`)
    else this.#tell('restarted', `streams again ${took}`)
    this.#settled.resolve()
  }

  #tell(kind: Parameters<Announce>[0]['kind'], what: string) {
    const { name } = this.server
    this.#options.announce({ kind, server: name, message: `The embedded ${name} ${what}.` })
  }
}
