/**
 * Carries what a request has written to the session's next one: in a cookie for browsers, in a header for API clients.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { followPositions, writtenPositions } from '../database/index.ts'

/** Both ways for API clients: send back the last one you were given. */
export const consistencyHeader = 'X-Consistency-Token'

const cookieName = 'spillway_consistency'

export class ConsistencyTokens {
  readonly #secret: string

  /** @param secret the same in all processes, or their tokens mean nothing to each other. */
  constructor(secret: string) {
    this.#secret = secret
  }

  /** Makes the reads of the current context follow the writes that the request knows of. A forged token counts as none. */
  receive(request: Request): void {
    const token = request.headers.get(consistencyHeader) ?? cookieOf(request.headers.get('cookie'))
    const positions = token && this.#verify(token)
    if (positions) followPositions(positions)
  }

  /** Tells the client what its request has written. Undefined, so that nobody waits, when that is nothing. */
  send(response: Response): Promise<void> | undefined {
    const positions = writtenPositions()
    return positions && this.#send(response, positions)
  }

  async #send(response: Response, positions: Promise<string>): Promise<void> {
    const token = this.#sign(await positions)
    response.headers.set(consistencyHeader, token)
    response.headers.append('Set-Cookie', `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax`)
  }

  /** `positions.signature`, in characters that cookies and headers take. */
  #sign(positions: string): string {
    return `${Buffer.from(positions).toString('base64url')}.${this.#signature(positions).toString('base64url')}`
  }

  #verify(token: string): string | undefined {
    const [encoded = '', signature = ''] = token.split('.')
    const positions = Buffer.from(encoded, 'base64url').toString()
    const expected = this.#signature(positions)
    const given = Buffer.from(signature, 'base64url')
    return given.length === expected.length && timingSafeEqual(given, expected) ? positions : undefined
  }

  #signature(positions: string): Buffer {
    return createHmac('sha256', this.#secret).update(`consistency:${positions}`).digest().subarray(0, 16)
  }
}

function cookieOf(header: string | null): string | undefined {
  if (header === null) return undefined
  const pair = header.split(';').find((part) => part.trimStart().startsWith(`${cookieName}=`))
  return pair?.trim().slice(cookieName.length + 1)
}
