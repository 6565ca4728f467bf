/** Ids of failed tasks, as people name them. @module */
import { existsSync } from 'node:fs'
import { SpillwayError } from '../../foundation/index.ts'
import { NoDeadLetterError } from '../../tasks/index.ts'
import { UsageError } from '../command.ts'
import { about } from './with-tasks.ts'

interface Asked {
  action: 'failed' | 'retry' | 'discard'
  ids: readonly string[]
  /** As it was given. */
  app: string | undefined
}

/** @throws {UsageError} for what can't be one, such as the path of an app. */
export function ensureIds({ action, ids, app }: Asked): void {
  for (const id of ids) {
    if (app === undefined && existsSync(id)) {
      const command = about(id, `spillway tasks ${action}`)
      throw new UsageError(`"${id}" is a path, not an id of a task.`, `The app is named like this: \`${command}\`.`)
    }
    if (!id.includes('/')) {
      const list = about(app, 'spillway tasks failed')
      throw new UsageError(`"${id}" is no id of a task.`, `Ids look like "default/0199…": \`${list}\` lists them.`)
    }
  }
}

/** When one of them isn't there, says what that means for the others. */
export async function byIds<Result>({ action, app }: Omit<Asked, 'ids'>, work: () => Promise<Result>) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof NoDeadLetterError)) throw error
    const lists = `\`${about(app, 'spillway tasks failed')}\` lists those that can be retried or discarded.`
    const hint = action === 'failed' ? lists : `${lists} None of those named was touched.`
    throw new SpillwayError(error.code, error.message, { hint, cause: error })
  }
}
