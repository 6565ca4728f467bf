/** What the shop does by the clock, in the quiet hours of its day. @module */
import { schedule } from 'spillway/tasks'
import { recountAllRatings } from './catalog/ratings/tasks.ts'
import { cleanUp } from './clean-up/tasks.ts'
import { reportDailySales } from './reports/tasks.ts'
import { shopTimeZone as timeZone } from './time-zone.ts'

export const schedules = [
  // By one o'clock the last orders of the day are paid. Every day has its report, also one on which no worker was there.
  schedule('daily-sales', { cron: '0 1 * * *', timeZone, missed: 'all' }, reportDailySales, {}),
  schedule('clean-up', { cron: '0 2 * * *', timeZone }, cleanUp, {}),
  schedule('recount-ratings', { cron: '0 3 * * *', timeZone }, recountAllRatings, {}),
]
