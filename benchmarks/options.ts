/** What the command line asks for. */
import { parseArgs } from 'node:util'

export type HeaderSet = 'plain' | 'browser'

export interface Options {
  seconds: number
  rounds: number
  /** Names of subjects; empty means all. */
  only: readonly string[]
  headers: readonly HeaderSet[]
  jsonFile: string | undefined
  write: boolean
  assert: boolean
}

export const usage = `Measures Spillway's store beside what people would use instead, in one run.

npm run benchmark -- [options]
  --seconds <n>        length of one pass (4)
  --rounds <n>         passes of each subject, in turns with the others (5)
  --only <name,name>   only these subjects, and the one that each is compared with
  --headers <set>      requests as wrk sends them (plain), with a browser's headers (browser), or both (both)
  --json <file>        every figure, as JSON
  --write              put the tables into docs/benchmarks.md
  --assert             exit with 1 when a requirement is missed
  --help`

/** Undefined when help was asked for. Throws when the options make no sense. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      headers: { type: 'string', default: 'both' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      assert: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  return {
    seconds: positiveInteger('--seconds', values.seconds),
    rounds: positiveInteger('--rounds', values.rounds),
    only: values.only.split(',').filter(Boolean),
    headers: headerSets(values.headers),
    jsonFile: values.json,
    write: values.write,
    assert: values.assert,
  }
}

function positiveInteger(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${name} takes a whole number of at least 1, not "${text}"`)
  return Number(text)
}

function headerSets(text: string): readonly HeaderSet[] {
  if (text === 'both') return ['plain', 'browser']
  if (text === 'plain' || text === 'browser') return [text]
  throw new Error(`--headers takes plain, browser or both, not "${text}"`)
}
