/**
 * The part of a task worker that enqueues what is due. Each process runs it; whichever is first deals with a tick, and
 * the others find it dealt with.
 *
 * @module
 */
import { type Logger, messageOf } from '../../foundation/index.ts'
import { TaskUsageError } from '../errors.ts'
import type { TaskQueues } from '../queues.ts'
import type { NewJob } from '../task-job.ts'
import type { LedgerMove, LedgerPage, ScheduleEntries, ScheduleEntry, ScheduleLedger } from './ledger.ts'
import type { Schedule } from './schedule.ts'
import { isDue, isInForce, madeUpMax, nextTick, type Settlement, settle } from './settle.ts'

export interface SchedulesOptions {
  queues: TaskQueues
  schedules: readonly Schedule[]
  logger: Logger
  /** Instead of the server's clock, for tests. */
  now?: () => number
}

/** Who isn't in force looks so often whether it has come to be. */
const lookEveryMs = 5_000
const retryMs = 1_000
/** Shorter pauses would only find that it isn't time yet. */
const shortestPauseMs = 5
/** What nobody has declared for so long is forgotten; when it comes back, it has missed nothing. */
const keptMs = 90 * 86_400_000

export class Schedules {
  readonly #options: SchedulesOptions
  #ledger: ScheduleLedger | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #round: Promise<void> | undefined
  #isAway = false

  /** @throws {TaskUsageError} when two have one name. */
  constructor(options: SchedulesOptions) {
    ensureDistinct(options.schedules)
    this.#options = options
  }

  async start(): Promise<void> {
    const { queues, schedules } = this.#options
    if (schedules.length === 0) return
    this.#ledger = queues.ledger()
    this.#next(0)
  }

  /** What is due and not enqueued yet is left to others. */
  async stop(): Promise<void> {
    const ledger = this.#ledger
    this.#ledger = undefined
    clearTimeout(this.#timer)
    await this.#round
    await ledger?.close()
  }

  #next(pauseMs: number): void {
    if (!this.#ledger) return
    this.#timer = setTimeout(() => {
      this.#round = this.#tick(this.#ledger!).then((pause) => this.#next(pause))
    }, pauseMs)
  }

  /** @returns how long nothing will be due. Never rejects. */
  async #tick(ledger: ScheduleLedger): Promise<number> {
    const { schedules, logger } = this.#options
    try {
      const page = this.#onClock(await ledger.read())
      if (schedules.some((schedule) => isDue(schedule, page.entries[schedule.name], page.nowMs))) {
        await this.#deal(ledger)
        return shortestPauseMs
      }
      this.#isAway = false
      return this.#pauseMs(page)
    } catch (error) {
      if (!this.#isAway) logger.warn({ error: messageOf(error) }, 'schedules wait for the task queue to answer')
      this.#isAway = true
      return retryMs
    }
  }

  async #deal(ledger: ScheduleLedger): Promise<void> {
    let settlements: (Settlement & { schedule: Schedule })[] = []
    await ledger.move(async (read): Promise<LedgerMove | undefined> => {
      const { entries, nowMs } = this.#onClock(read)
      const due = this.#options.schedules.filter((schedule) => isDue(schedule, entries[schedule.name], nowMs))
      settlements = due.map((schedule) => ({ schedule, ...settle(schedule, entries[schedule.name], nowMs) }))
      if (settlements.length === 0) return undefined
      const moves = await Promise.all(settlements.map((settlement) => this.#enqueued(settlement)))
      const moved = Object.fromEntries(moves.map(({ name, entry }) => [name, entry]))
      return { entries: { ...remembered(entries, nowMs), ...moved }, jobs: moves.flatMap(({ jobs }) => jobs) }
    })
    for (const settlement of settlements) this.#tell(settlement)
  }

  async #enqueued({ schedule, entry, ticks }: Settlement & { schedule: Schedule }) {
    const { queues, logger } = this.#options
    const { name } = schedule
    if (ticks.length === 0) return { name, entry, jobs: [] }
    if (schedule.overlap === 'skip' && (await this.#isUnderWay(entry))) {
      logger.warn({ schedule: name, run: entry.last?.run }, 'its last run has not ended, so this tick is left out')
      return { name, entry, jobs: [] }
    }
    const jobs = ticks.map((tick) => schedule.jobAt(tick))
    const last = { tickMs: ticks.at(-1)!, run: idOf(jobs.at(-1)!) }
    return { name, entry: { ...entry, last }, jobs: jobs.map((job) => ({ ...job, queue: queues.fullName(job.queue) })) }
  }

  async #isUnderWay({ last }: ScheduleEntry): Promise<boolean> {
    const job = last && (await this.#options.queues.find(last.run))
    return job !== undefined && job.finishedOn === undefined
  }

  #tell({ schedule: { name, missed: how }, ticks, missed, areMore }: Settlement & { schedule: Schedule }): void {
    if (missed === 0) return
    const found = { schedule: name, missed: areMore ? `${missed} or more` : missed, made_up: ticks.length }
    const { logger } = this.#options
    if (how === 'all' && areMore) logger.warn(found, `only the last ${madeUpMax} ticks that were missed are made up`)
    else logger.info(found, 'ticks came while no worker was there')
  }

  #pauseMs({ entries, nowMs }: LedgerPage): number {
    const own = this.#options.schedules.flatMap((schedule) => {
      const entry = entries[schedule.name]
      return entry && isInForce(schedule, entry, nowMs) ? nextTick(schedule, entry) - nowMs : []
    })
    return Math.max(shortestPauseMs, Math.min(lookEveryMs, ...own))
  }

  #onClock(page: LedgerPage): LedgerPage {
    return { ...page, nowMs: this.#options.now?.() ?? page.nowMs }
  }
}

function remembered(entries: ScheduleEntries, nowMs: number): ScheduleEntries {
  return Object.fromEntries(
    Object.entries(entries).filter(([, { declared }]) =>
      Object.values(declared).some(({ seenMs }) => nowMs - seenMs < keptMs),
    ),
  )
}

const idOf = ({ queue, options }: NewJob) => `${queue}/${options.jobId}`

function ensureDistinct(schedules: readonly Schedule[]): void {
  const names = schedules.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw new TaskUsageError(
    `Two schedules are called "${twice}".`,
    'Give each its own name: by it, its ticks are known.',
  )
}
