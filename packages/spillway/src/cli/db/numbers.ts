import { UsageError } from '../command.ts'

/** The value of `--name`, or what is taken without it. */
export function wholeNumberOf(name: string, given: string | undefined, byDefault: number): number {
  if (given === undefined) return byDefault
  if (/^\d{1,9}$/.test(given)) return Number(given)
  throw new UsageError(`--${name} can't be "${given}".`, 'Give a whole number.')
}
