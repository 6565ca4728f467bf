/** The moments at which a schedule fires: its ticks. All are milliseconds since 1970. @module */
import { Cron } from 'croner'
import { messageOf } from '../../foundation/index.ts'

export interface Timing {
  /** For people; the same text means the same ticks. */
  readonly text: string
  /** No two ticks are closer. */
  readonly shortestMs: number
  /** The first tick after a moment, whenever that is asked; `Infinity` when there is none. */
  next(afterMs: number): number
}

const minuteMs = 60_000
const longestEverySeconds = 366 * 86_400

/** On the full multiples of its length since 1970, so that all processes have the same ones. @throws {RangeError} */
export function everySeconds(seconds: number): Timing {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestEverySeconds) {
    throw new RangeError(`everySeconds is ${seconds}: it must be a whole number from 1 to ${longestEverySeconds}`)
  }
  const everyMs = seconds * 1_000
  return {
    text: `every ${seconds} s`,
    shortestMs: everyMs,
    next: (afterMs) => (Math.floor(afterMs / everyMs) + 1) * everyMs,
  }
}

/**
 * A time that a daylight-saving change leaves out is made up at the first moment after it, one that comes twice counts
 * the first time; a pattern with `*` or a step in its minutes or hours follows the real time instead.
 *
 * @throws {Error} when the pattern or the zone is wrong, or the pattern never comes.
 */
export function cronTiming(pattern: string, timeZone: string): Timing {
  // The library takes other things for a pattern too: a date, seconds, years.
  if (!/^@\w+$|^(\S+\s+){4}\S+$/.test(pattern.trim())) {
    throw new RangeError(`"${pattern}" has not five fields: minute, hour, day of month, month, day of week`)
  }
  if (!isTimeZone(timeZone)) throw new RangeError(`"${timeZone}" is no time zone, such as "Asia/Seoul" or "UTC"`)
  const cron = parsed(pattern.trim(), timeZone)
  const timing = {
    text: `${pattern.trim()} ${timeZone}`,
    shortestMs: minuteMs,
    next: (afterMs: number) => cron.nextRun(new Date(afterMs))?.getTime() ?? Number.POSITIVE_INFINITY,
  }
  if (timing.next(0) === Number.POSITIVE_INFINITY) throw new RangeError(`"${pattern}" never comes`)
  return timing
}

function parsed(pattern: string, timezone: string): Cron {
  try {
    return new Cron(pattern, { timezone, paused: true, mode: '5-part', fixedTimeRule: 'no-wildcard' })
  } catch (cause) {
    throw new RangeError(`"${pattern}" is no pattern: ${messageOf(cause)}`, { cause })
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/**
 * The last `max` ticks after one moment and up to another, and whether there were more. It looks back over ever longer
 * spans: however long nothing ran, it costs no more than what it gives.
 */
export function ticksBetween(timing: Timing, afterMs: number, upToMs: number, max: number) {
  for (let spanMs = max * timing.shortestMs; ; spanMs *= 2) {
    const fromMs = Math.max(afterMs, upToMs - spanMs)
    const ticks = [...walk(timing, fromMs, upToMs)].slice(-max)
    if (fromMs > afterMs && ticks.length < max) continue
    return { ticks, areMore: ticks.length > 0 && timing.next(afterMs) < ticks[0]! }
  }
}

function* walk(timing: Timing, afterMs: number, upToMs: number) {
  for (let tick = timing.next(afterMs); tick <= upToMs; tick = timing.next(tick)) yield tick
}
