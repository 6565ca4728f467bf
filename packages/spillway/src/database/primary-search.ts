/**
 * Which of several servers is the primary? Each is asked at the start and every second, and faster while there is none.
 *
 * @module
 */
import { type Logger, messageOf, placeOf } from '../foundation/index.ts'
import { Probe, type ServerState } from './probe.ts'

interface SearchOptions {
  urls: string[]
  applicationName: string
  prepare: boolean
}

interface PrimarySearchOptions extends SearchOptions {
  logger: Logger
  /** There is no primary now as far as is known: ask more often. */
  isMissing: () => boolean
  /** Told of the primary again and again. */
  onFound: (url: string) => void
}

const intervalMs = 1_000
const missingIntervalMs = 100
const timeoutMs = 1_000
/** At the start, how long a primary that has answered waits for one that was promoted after it. */
const graceMs = 100

export class PrimarySearch {
  /** Resolves after the first look, whatever it has seen. */
  readonly first: Promise<void>
  readonly #options: PrimarySearchOptions
  readonly #candidates: Candidate[]
  readonly #timers = new Map<Candidate, ReturnType<typeof setTimeout>>()
  /** The highest that was seen: a primary below it was replaced by another. */
  #timeline = 0
  #obsolete = ''
  #isClosed = false

  constructor(options: PrimarySearchOptions) {
    this.#options = options
    this.#candidates = candidatesOf(options)
    this.first = this.#lookFirst()
  }

  /** Asks all of them now rather than at their time. */
  look(): void {
    for (const candidate of this.#timers.keys()) this.#askNext(candidate, 0)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    await Promise.all(this.#candidates.map((candidate) => candidate.close()))
  }

  async #lookFirst(): Promise<void> {
    await askAll(this.#candidates)
    this.#decide()
    for (const candidate of this.#candidates) this.#askNext(candidate)
  }

  /** One that hangs holds up nobody else. */
  #askNext(candidate: Candidate, delayMs = this.#options.isMissing() ? missingIntervalMs : intervalMs): void {
    clearTimeout(this.#timers.get(candidate))
    if (this.#isClosed) return
    const ask = async () => {
      this.#timers.delete(candidate)
      await candidate.ask()
      this.#decide()
      this.#askNext(candidate)
    }
    this.#timers.set(candidate, setTimeout(ask, delayMs))
  }

  #decide(): void {
    if (this.#isClosed) return
    const primary = primaryAmong(this.#candidates.filter((one) => one.timeline >= this.#timeline))
    this.#tellObsolete(this.#candidates.filter((one) => one.isPrimary && one !== primary))
    if (!primary) return
    this.#timeline = primary.timeline
    this.#options.onFound(primary.url)
  }

  /** It goes on taking the writes of whoever still uses it, and nobody here will ever see them. */
  #tellObsolete(servers: Candidate[]): void {
    const places = servers.map(({ url, timeline }) => `${placeOf(url)} (timeline ${timeline})`).join(', ')
    if (places !== '' && places !== this.#obsolete) {
      const message = 'a server takes writes though another was promoted after it: make it a standby, or stop it'
      this.#options.logger.error({ servers: places, timeline: this.#timeline }, message)
    }
    this.#obsolete = places
  }
}

/** The primary among these servers as of now, and what each of them said. */
export async function findPrimary(options: SearchOptions): Promise<{ url: string | undefined; said: string[] }> {
  const candidates = candidatesOf(options)
  try {
    await askAll(candidates)
    return { url: primaryAmong(candidates)?.url, said: candidates.map(({ said }) => said) }
  } finally {
    await Promise.all(candidates.map((candidate) => candidate.close()))
  }
}

/** One server, and what it said last. */
class Candidate {
  readonly #probe: Probe
  #state: ServerState | undefined
  #failure = 'no answer yet'

  constructor(url: string, { applicationName, prepare }: SearchOptions) {
    this.#probe = new Probe(url, { applicationName, timeoutMs, prepare })
  }

  get url(): string {
    return this.#probe.url
  }

  get isPrimary(): boolean {
    return this.#state?.isWritable ?? false
  }

  get timeline(): number {
    return this.#state?.timeline ?? 0
  }

  get said(): string {
    const verdict = this.#state ? (this.isPrimary ? 'takes writes' : 'takes no writes') : this.#failure
    return `${placeOf(this.url)}: ${verdict}`
  }

  async ask(): Promise<void> {
    try {
      this.#state = await this.#probe.ask()
    } catch (error) {
      this.#state = undefined
      this.#failure = messageOf(error)
    }
  }

  close(): Promise<void> {
    return this.#probe.close()
  }
}

function candidatesOf(options: SearchOptions): Candidate[] {
  return options.urls.map((url) => new Candidate(url, options))
}

/** Resolves when all have answered, or a while after a primary has. */
async function askAll(candidates: Candidate[]): Promise<void> {
  const found = Promise.withResolvers<void>()
  const asked = candidates.map(async (candidate) => {
    await candidate.ask()
    if (candidate.isPrimary) found.resolve()
  })
  await Promise.race([Promise.all(asked), found.promise.then(() => Bun.sleep(graceMs))])
}

/** The one with the highest timeline was promoted last. */
function primaryAmong(candidates: Candidate[]): Candidate | undefined {
  return candidates.filter(({ isPrimary }) => isPrimary).sort((a, b) => b.timeline - a.timeline)[0]
}
