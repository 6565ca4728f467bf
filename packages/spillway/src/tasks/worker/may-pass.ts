/** Whether an error of a task may pass by itself. @module */
import { DeadlyTaskError, PermanentTaskError, TaskInputError, ThreadTaskError } from '../errors.ts'
import { isRetried, type RetryPolicy } from '../retry.ts'

const permanent = [PermanentTaskError, TaskInputError, DeadlyTaskError]

export function mayPass(retry: RetryPolicy, error: unknown): boolean {
  if (permanent.some((one) => error instanceof one)) return false
  return error instanceof ThreadTaskError ? error.mayPass : isRetried(retry, error)
}
