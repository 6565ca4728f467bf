/**
 * A lease: of all processes, one does the work, for as long as it keeps renewing. The time is the database's, and no
 * session state is involved.
 *
 * @module
 */
import type { BackgroundConnection } from '../background/connection.ts'

export interface LeaseOptions {
  connection: BackgroundConnection
  /** The row in `spillway_changes.leases`. */
  name: string
  /** This process; unique among all. */
  holder: string
  /** How long it lasts without being renewed. */
  leaseMs: number
}

const whenFree = 'name = $1 and (holder = $2 or expires_at < clock_timestamp())'

export class Lease {
  readonly name: string
  readonly holder: string
  readonly leaseMs: number
  isHeld = false
  readonly #connection: BackgroundConnection
  #askedAtMs = Number.NEGATIVE_INFINITY

  constructor({ connection, name, holder, leaseMs }: LeaseOptions) {
    this.#connection = connection
    this.name = name
    this.holder = holder
    this.leaseMs = leaseMs
  }

  /** Takes the lease if nobody has it; renews it if we do. @returns whether it is ours now. */
  async acquire(): Promise<boolean> {
    const rows = await this.#connection.query(
      `update spillway_changes.leases set holder = $2, expires_at = clock_timestamp() + $3 * interval '1 ms'
      where ${whenFree} returning name`,
      [this.name, this.holder, this.leaseMs],
    )
    this.noteRenewal(rows.length > 0)
    return this.isHeld
  }

  /** A quarter of its time has passed: it should be renewed, or asked for again. */
  get isDue(): boolean {
    return performance.now() - this.#askedAtMs > this.leaseMs / 4
  }

  /** A statement that works under the lease renews it as well. */
  noteRenewal(isHeld: boolean): void {
    this.isHeld = isHeld
    this.#askedAtMs = performance.now()
  }

  /** For others to take over at once rather than when it expires. */
  async release(): Promise<void> {
    if (!this.isHeld) return
    this.isHeld = false
    await this.#connection.query(
      `update spillway_changes.leases set holder = null, expires_at = '-infinity' where name = $1 and holder = $2`,
      [this.name, this.holder],
    )
  }
}
