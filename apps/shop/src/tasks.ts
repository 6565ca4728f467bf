/** What the shop does outside of requests: each calls a verb of its domain. @module */
import { ratingTasks } from './catalog/ratings/tasks.ts'
import { cleanUp } from './clean-up/tasks.ts'
import { reportTasks } from './reports/tasks.ts'

export const tasks = [...ratingTasks, ...reportTasks, cleanUp]
