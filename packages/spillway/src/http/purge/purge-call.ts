/** One request to a CDN that purges something. @module */
import { messageOf, SpillwayError } from '../../foundation/index.ts'

/** The CDN refused, or could not be reached. */
export class PurgeFailedError extends SpillwayError {
  constructor(
    cdn: string,
    message: string,
    /** How long it wants to be left alone, when it has said so. */
    readonly retryAfterMs: number | undefined,
    options: { hint: string; cause?: unknown },
  ) {
    super('CDN_PURGE_FAILED', `${cdn}: ${message}`, options)
  }
}

interface PurgeCall {
  cdn: string
  signal: AbortSignal | undefined
  /** Statuses beside 2xx that mean as much. */
  alsoGood?: readonly number[]
}

/**
 * Sends the request.
 *
 * @returns the text of the answer.
 * @throws {PurgeFailedError}
 */
export async function purgeCall(request: Request, { cdn, signal, alsoGood = [] }: PurgeCall): Promise<string> {
  const { response, text } = await send(request, cdn, signal)
  if (response.ok || alsoGood.includes(response.status)) return text
  throw refused(cdn, `answered ${response.status}: ${excerpt(text)}`, response)
}

/** An answer that says no, whatever its status. */
export function refused(cdn: string, message: string, response?: Response): PurgeFailedError {
  return new PurgeFailedError(cdn, message, response && retryAfterMs(response), { hint: hintFor(response?.status) })
}

async function send(request: Request, cdn: string, signal: AbortSignal | undefined) {
  try {
    const response = await fetch(request, { redirect: 'manual', ...(signal && { signal }) })
    return { response, text: await response.text() }
  } catch (cause) {
    // The caller's own reason, such as its time-out, says more than that the request was aborted.
    const reason = signal?.aborted ? messageOf(signal.reason) : messageOf(cause)
    const hint = `Can ${new URL(request.url).host} be reached from here?`
    throw new PurgeFailedError(cdn, `did not answer: ${reason}`, undefined, { hint, cause })
  }
}

/** Seconds or a date, as RFC 9110 has it. */
function retryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined
}

function hintFor(status: number | undefined): string {
  if (status === 401 || status === 403) return 'Check the credentials of CDN_PURGE_URL, and what they may do.'
  if (status === 404) return 'Check the zone, service or distribution in CDN_PURGE_URL.'
  if (status === 429) return 'Its limit of purges is used up; they are sent later, together.'
  return 'Old pages stay there until a purge gets through or they expire.'
}

const excerpt = (text: string) => text.replace(/\s+/g, ' ').slice(0, 200)
