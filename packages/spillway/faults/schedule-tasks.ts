/** What the drills of schedules run. @module */
import { z } from 'zod'
import { schedule, task } from '../src/tasks/index.ts'

/** Ticks that this process has run. */
export const ran: number[] = []

/** Nothing is kept of a run that has ended. */
export const work = task('work', { input: z.object({}), keepSeconds: 0 }, (_, { scheduledFor }) => {
  ran.push(scheduledFor!.getTime())
})

export const everySecond = schedule('every-second', { everySeconds: 1, missed: 'all' }, work, {})
