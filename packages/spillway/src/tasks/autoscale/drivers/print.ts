/** Tells what it would do, for whoever starts workers by hand or by a tool that Spillway doesn't know. @module */
import type { ScaleOptions, ScalingDriver } from './scaling-driver.ts'

interface PrintOptions {
  print: (line: string) => void
  /** Workers that run already. @default 0 */
  workers?: number
}

/** It takes for granted that what it says is done. */
export class PrintDriver implements ScalingDriver {
  readonly name = 'print'
  readonly #print: (line: string) => void
  #count: number

  constructor({ print, workers = 0 }: PrintOptions) {
    this.#print = print
    this.#count = workers
  }

  async current(): Promise<number> {
    return this.#count
  }

  async scaleTo(count: number, { idle = [] }: ScaleOptions = {}): Promise<void> {
    const missing = count - this.#count
    if (missing > 0) this.#print(`Start ${missing}, for ${count} workers.`)
    if (missing < 0) this.#print(`Stop ${-missing}, for ${count} workers${preferably(idle.slice(0, -missing))}.`)
    this.#count = count
  }

  async stop(): Promise<void> {
    // What it printed stands.
  }
}

const preferably = (idle: readonly string[]) => (idle.length === 0 ? '' : `; idle: ${idle.join(', ')}`)
