/** Parts of a cache with one guarantee switched off: what a drill must notice. @module */
import { type Bus, type LeaseRequest, type Reading, type SharedTier, silentBus } from '../src/cache/index.ts'

export type Flaw =
  /** What was invalidated is not asked for: a value in the tier holds for as long as it is there. */
  | 'versions are ignored'
  /** A load counts as begun later than it was, so that what is invalidated meanwhile doesn't void it. */
  | 'leases are never void'
  /** Nobody hears what others invalidate. */
  | 'nobody is told'

export function flawedTier(tier: SharedTier, flaw: Flaw | undefined): SharedTier {
  if (flaw === 'versions are ignored') return patched(tier, { read: withoutVersions(tier) })
  if (flaw === 'leases are never void') return patched(tier, { lease: withLateLeases(tier) })
  return tier
}

export function flawedBus(bus: Bus, flaw: Flaw | undefined): Bus {
  return flaw === 'nobody is told' ? silentBus : bus
}

function withoutVersions(tier: SharedTier): SharedTier['read'] {
  return async (keys, tags): Promise<Reading> => {
    const { entries } = await tier.read(keys, tags)
    return { entries, versions: tags.map(() => ({ hard: 0, soft: 0 })) }
  }
}

/** More than the sequence grows while a value is loaded; in Redis it counts microseconds. */
const headStart = 10_000_000

function withLateLeases(tier: SharedTier): SharedTier['lease'] {
  return async (request: LeaseRequest) => {
    const answer = await tier.lease({ ...request, voidBefore: 0 })
    return answer.kind === 'granted' ? { ...answer, sequence: answer.sequence + headStart } : answer
  }
}

/** The same tier but for some of its methods. */
function patched(tier: SharedTier, methods: Partial<SharedTier>): SharedTier {
  return new Proxy(tier, {
    get(target, name) {
      const own: unknown = Reflect.get(methods, name)
      if (own !== undefined) return own
      const theirs: unknown = Reflect.get(target, name)
      return typeof theirs === 'function' ? theirs.bind(target) : theirs
    },
  })
}
