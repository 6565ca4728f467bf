/** One call to the API of Kubernetes, tried again when that may help. @module */
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../../foundation/index.ts'
import { ScalingFailedError } from '../errors.ts'
import type { Cluster } from './kubernetes-cluster.ts'

interface Call {
  method: 'GET' | 'PATCH'
  path: string
  /** A JSON merge patch. */
  patch?: unknown
}

/** How often and how long; tests are in a hurry. */
export interface Patience {
  /** @default 4 */
  attempts?: number
  /** Before the second attempt; doubled before each further one. @default 500 */
  firstPauseMs?: number
  /** Of one attempt. @default 5_000 */
  timeoutMs?: number
}

const pauseMaxMs = 10_000

/**
 * Safe to repeat, as both read and patch say what should be, not what should change.
 *
 * @returns what the API answers, parsed.
 * @throws {ScalingFailedError} with the last failure as its cause.
 */
export async function callKubernetes(
  cluster: Cluster,
  call: Call,
  { attempts = 4, firstPauseMs = 500, timeoutMs = 5_000 }: Patience = {},
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(cluster, call, timeoutMs)
    if (outcome.kind === 'answered') return outcome.body
    if (!outcome.mayPass || attempt >= attempts) throw failure(cluster, call, outcome, attempt)
    await pause(Math.min(pauseMaxMs, outcome.retryAfterMs ?? firstPauseMs * 2 ** (attempt - 1)))
  }
}

type Outcome =
  | { kind: 'answered'; body: unknown }
  | { kind: 'failed'; cause: unknown; status?: number; mayPass: boolean; retryAfterMs?: number | undefined }

async function attemptOnce({ apiUrl, token, ca }: Cluster, call: Call, timeoutMs: number): Promise<Outcome> {
  const { method, path, patch } = call
  const authorization = `Bearer ${token()}`
  try {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/merge-patch+json' },
      signal: AbortSignal.timeout(timeoutMs),
      ...(patch !== undefined && { body: JSON.stringify(patch) }),
      ...(ca !== undefined && { tls: { ca } }),
    })
    const text = await response.text()
    if (response.ok) return { kind: 'answered', body: JSON.parse(text) }
    const { status } = response
    const cause = new Error(`${status}: ${messageIn(text)}`)
    // A conflict with another writer, too many requests, or a server in trouble.
    const mayPass = status === 409 || status === 429 || status >= 500
    return { kind: 'failed', cause, status, mayPass, retryAfterMs: retryAfterMs(response) }
  } catch (cause) {
    return { kind: 'failed', cause, mayPass: true }
  }
}

/** Kubernetes says why in a `Status` object; a proxy before it says what it likes. */
function messageIn(text: string): string {
  try {
    return String(JSON.parse(text).message)
  } catch {
    return text.replace(/\s+/g, ' ').slice(0, 200)
  }
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined
}

function failure(
  { apiUrl }: Cluster,
  { method, path }: Call,
  { cause, status }: Extract<Outcome, { kind: 'failed' }>,
  attempts: number,
): ScalingFailedError {
  const often = attempts === 1 ? '' : ` ${attempts} times`
  const message = `${method} ${path} failed${often}, at last with ${messageOf(cause)}`
  return new ScalingFailedError(message, { hint: hintFor(status, apiUrl), cause })
}

function hintFor(status: number | undefined, apiUrl: string): string {
  if (status === undefined) return `Can ${apiUrl} be reached from here, and is its certificate the CA's?`
  if (status === 401) return 'The token is not valid; see KUBERNETES_TOKEN or the service account.'
  if (status === 403) return 'Its service account needs `get` and `patch` of the `scale` subresource.'
  if (status === 404) return 'Check kind, name and namespace.'
  return 'The next look tries again.'
}
