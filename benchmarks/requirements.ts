/** The ratios that the platform promises, and whether this run kept them. */
import { type Result, rates } from './measure.ts'
import { ratiosByRound } from './statistics.ts'

interface Requirement {
  group: string
  subject: string
  against: string
  atLeast: number
  text: string
}

export interface Verdict extends Requirement {
  ratio: number
  isMet: boolean
}

const requirements: readonly Requirement[] = [
  { group: 'cached', subject: 'store-api', against: 'bun', atLeast: 0.9, text: 'cached API ≥ 0.90 × bare Bun' },
  { group: 'cached', subject: 'store-api', against: 'fastify', atLeast: 1.6, text: 'cached API ≥ 1.6 × bare Fastify' },
  {
    group: 'uncached',
    subject: 'store-uncached',
    against: 'hono-sql',
    atLeast: 0.85,
    text: 'uncached ≥ 0.85 × bare Hono + Bun SQL',
  },
  {
    group: 'uncached',
    subject: 'store-uncached',
    against: 'fastify-pg',
    atLeast: 1.7,
    text: 'uncached ≥ 1.7 × Fastify + pg',
  },
]

/** Of the requirements whose two sides were both measured. */
export function judge(results: ReadonlyMap<string, readonly Result[]>): readonly Verdict[] {
  return requirements.flatMap((requirement) => {
    const find = (name: string) => results.get(requirement.group)?.find(({ subject }) => subject === name)
    const subject = find(requirement.subject)
    const against = find(requirement.against)
    if (!subject || !against) return []
    const ratio = ratiosByRound(rates(subject.passes), rates(against.passes)).median
    return [{ ...requirement, ratio, isMet: ratio >= requirement.atLeast }]
  })
}
