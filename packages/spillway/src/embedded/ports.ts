/** Free ports on the loopback address. @module */
import { randomInt } from 'node:crypto'
import { SpillwayError } from '../foundation/errors.ts'

// Below the range from which Linux (32768) and macOS (49152) take the local ports of outgoing connections, any of
// which could otherwise sit on our port at the next start.
const lowest = 20_000
const highest = 32_000

/** Whether a server could listen there now. */
export function isFree(port: number): boolean {
  try {
    Bun.listen({ hostname: '127.0.0.1', port, exclusive: true, socket: { data() {} } }).stop(true)
    return true
  } catch {
    // Whatever the reason (taken, forbidden), the port is of no use.
    return false
  }
}

/** A random free port that isn't one of `taken`. */
export function freePort(taken: number[]): number {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(lowest, highest)
    if (!taken.includes(port) && isFree(port)) return port
  }
  throw new SpillwayError('EMBEDDED_NO_PORT', `No free port on 127.0.0.1 between ${lowest} and ${highest}.`, {
    hint: 'Is the loopback interface up, and may this process listen?',
  })
}
