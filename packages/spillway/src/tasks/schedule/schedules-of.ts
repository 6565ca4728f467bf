/** The schedules of an app for people: when they fire, and when they have. @module */
import type { TaskQueues } from '../queues.ts'
import type { Schedule } from './schedule.ts'
import { nextTick } from './settle.ts'

export interface ScheduleStatus {
  name: string
  task: string
  /** `every 600 s`, or the pattern and its time zone. */
  timing: string
  /** Undefined until a worker has seen it, or while another release's is in force. */
  next: Date | undefined
  /** The last tick that became a task, and the id of that. */
  last: { at: Date; run: string } | undefined
}

export async function schedulesOf(queues: TaskQueues, schedules: readonly Schedule[]): Promise<ScheduleStatus[]> {
  const ledger = queues.ledger()
  try {
    const { entries } = await ledger.read()
    return schedules.map((schedule) => {
      const { name, task, timing } = schedule
      const entry = entries[name]
      const next = entry && entry.timing === timing.text ? new Date(nextTick(schedule, entry)) : undefined
      const last = entry?.last && { at: new Date(entry.last.tickMs), run: entry.last.run }
      return { name, task: task.name, timing: timing.text, next, last }
    })
  } finally {
    await ledger.close()
  }
}
