/** In place of a shared tier that can't be opened: caches go on as they do while it is away. @module */
import { TierAwayError } from './errors.ts'
import type { SharedTier } from './shared-tier.ts'

export class AbsentTier implements SharedTier {
  readonly epoch = 'absent'
  readonly read: SharedTier['read']
  readonly write: SharedTier['write']
  readonly sequence: SharedTier['sequence']
  readonly replace: SharedTier['replace']
  readonly delete: SharedTier['delete']
  readonly lease: SharedTier['lease']
  readonly renew: SharedTier['renew']
  readonly fill: SharedTier['fill']
  readonly fail: SharedTier['fail']
  readonly invalidate: SharedTier['invalidate']
  readonly increment: SharedTier['increment']

  /**
   * @param name of the tier that it stands for.
   * @param cause why that can't be opened.
   */
  constructor(
    readonly name: string,
    readonly cause: unknown,
  ) {
    const refuse = () => Promise.reject(new TierAwayError(name, cause))
    this.read = this.write = this.sequence = this.replace = this.delete = this.lease = refuse
    this.renew = this.fill = this.fail = this.invalidate = this.increment = refuse
  }

  nowMs(): number {
    return Date.now()
  }

  // biome-ignore lint/correctness/useYield: there is nothing to give.
  async *scan(): AsyncIterable<string> {
    throw new TierAwayError(this.name, this.cause)
  }

  async close(): Promise<void> {}
}
