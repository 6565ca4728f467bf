/** When a task that failed is tried again. @module */
import { TaskUsageError } from './errors.ts'

type ErrorClass = abstract new (...args: never[]) => unknown

export interface Retry {
  /** How often after the first attempt. @default 3 */
  max?: number
  /** Errors that may pass by themselves: classes, or a test. `'any'` is all but permanent ones. */
  on: 'any' | readonly ErrorClass[] | ((error: unknown) => boolean)
  /** Before the first retry, milliseconds; doubled before each further one. @default 1_000 */
  delayMs?: number
  /** The longest delay, milliseconds. @default 3_600_000 */
  delayMaxMs?: number
}

export type RetryPolicy = Required<Retry>

export const noRetry: RetryPolicy = { max: 0, on: [], delayMs: 1_000, delayMaxMs: 3_600_000 }

export function retryPolicy(task: string, retry: Retry | undefined): RetryPolicy {
  if (!retry) return noRetry
  const policy = { ...noRetry, max: 3, ...retry }
  if (!Number.isInteger(policy.max) || policy.max < 0 || !isDelay(policy.delayMs) || !isDelay(policy.delayMaxMs)) {
    throw new TaskUsageError(`The retries of the task "${task}" are wrong.`, 'Give whole numbers from 0 on.')
  }
  return policy
}

/** Up to a month. */
const isDelay = (ms: number) => ms >= 0 && ms <= 30 * 86_400_000

export function isRetried({ on }: RetryPolicy, error: unknown): boolean {
  if (on === 'any') return true
  if (typeof on === 'function') return on(error)
  return on.some((declared) => error instanceof declared)
}

/**
 * 2^n seconds by default, and up to a quarter less by chance: what failed together doesn't come back together.
 *
 * @param attempt the one that failed; 1 is the first.
 */
export function retryDelayMs({ delayMs, delayMaxMs }: RetryPolicy, attempt: number, chance = Math.random()): number {
  return Math.round(Math.min(delayMaxMs, delayMs * 2 ** (attempt - 1)) * (1 - chance / 4))
}
