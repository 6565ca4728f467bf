/** What can go wrong while the number of workers is kept right. @module */
import { SpillwayError } from '../../foundation/index.ts'

/** Whoever set it up asked for something that can't be. */
export class AutoscaleUsageError extends SpillwayError {
  constructor(message: string, hint: string) {
    super('AUTOSCALE_USAGE', message, { hint })
  }
}

/** The number of workers could not be read or changed. The next look tries again. */
export class ScalingFailedError extends SpillwayError {
  constructor(message: string, options: { hint: string; cause?: unknown }) {
    super('SCALING_FAILED', message, options)
  }
}
