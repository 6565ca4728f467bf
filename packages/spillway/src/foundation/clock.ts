/**
 * A coarse clock for hot paths: reading it is a property access. It is at most 100 ms behind.
 *
 * @module
 */

const tickMs = 100

/** Milliseconds since the epoch, refreshed ten times a second. */
export const coarseClock = { nowMs: Date.now() }

// Unreferenced: a clock must not keep a process alive.
setInterval(() => {
  coarseClock.nowMs = Date.now()
}, tickMs).unref()
