/** Tasks of the drill on workflows; each worker process has them. @module */
import { z } from 'zod'
import { task } from '../src/tasks/index.ts'

export const increment = task('increment', { input: z.number() }, (n) => n + 1)
export const sum = task('sum', { input: z.array(z.number()) }, (all) => all.reduce((a, b) => a + b, 0))
export const fragile = task('fragile', { input: z.number() }, (n) => {
  if (n === 5_000) throw new Error('five thousand is wrong')
  return n
})
export const slowly = task('slowly', { input: z.number() }, async (n) => {
  await Bun.sleep(20)
  return n + 1
})
export const tasks = [increment, sum, fragile, slowly]
