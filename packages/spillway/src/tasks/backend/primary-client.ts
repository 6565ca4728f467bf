/** Connections to whichever of several hosts takes writes. @module */
import pg from 'pg'
import { primaryUrl } from '../../database/index.ts'

const patienceMs = 2_000

/** A client of `pg` that looks for the primary whenever it connects: after a failover the next connection finds it. */
export function primaryClient(url: string): new (config?: pg.ClientConfig) => pg.Client {
  return class extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(callback: (error: Error) => void): void
    override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
      const connected = this.#connect()
      if (!callback) return connected
      // The pool takes undefined for success; the type of `pg` names the error alone.
      connected.then(() => callback(undefined as unknown as Error), callback)
      return undefined
    }

    async #connect(): Promise<pg.Client> {
      const { hostname, port } = new URL(await primaryUrl(url, patienceMs))
      // What `pg` connects to; it has read them from its configuration before.
      Object.assign(this, { host: hostname, port: Number(port || 5432) })
      return await super.connect()
    }
  }
}
