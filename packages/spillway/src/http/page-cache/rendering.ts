/**
 * What goes into a render and what may be kept of it.
 *
 * @module
 */
import { currentContext } from '../../foundation/index.ts'
import type { Policy } from './policy.ts'
import type { RenderedAnswer } from './stored-page.ts'

/** What the routes made of a request: a page, a failure that all who waited share, or an answer for its asker alone. */
export type Rendered =
  | { kind: 'page' | 'failed'; answer: RenderedAnswer; tags: readonly string[] }
  | { kind: 'private'; response: Response }

/** What a handler answered, and the tags that it gave. */
export interface Render {
  response: Response
  tags: readonly string[]
}

export async function takeRender({ response, tags }: Render, policy: Policy): Promise<Rendered> {
  if (isPrivate(response)) return { kind: 'private', response }
  const answer = await readAnswer(response)
  // A hit has no log line of its own: it carries the id of the request that rendered it, whose lines tell about it.
  const requestId = currentContext()?.id
  if (requestId) answer.headers.set('X-Request-Id', requestId)
  return { kind: mayStore(answer.status, policy) ? 'page' : 'failed', answer, tags }
}

/**
 * The request as a cached handler sees it: the canonical address and the normalised dimensions, nothing else. What is
 * not in the key (cookies, `X-Forwarded-Host`, other parameters) can't reach a stored page, because it isn't there.
 */
export function keyedRequest(request: Request, address: string, policy: Policy): Request {
  const headers = new Headers()
  for (const dimension of policy.vary) headers.set(dimension.header, dimension.of(request.headers))
  return new Request(`http://localhost${address}`, { headers })
}

/** A Response made from a string has its content type in the body, not in the headers. */
async function readAnswer(response: Response): Promise<RenderedAnswer> {
  const { status, headers } = response
  const blob = await response.blob()
  if (!headers.has('content-type') && blob.type) headers.set('content-type', blob.type)
  return { status, headers, body: await blob.bytes() }
}

function isPrivate(response: Response): boolean {
  // Encoded by the handler: those bytes fit that request alone.
  if (response.headers.has('set-cookie') || response.headers.has('content-encoding')) return true
  const control = response.headers.get('cache-control')
  return control !== null && /\b(private|no-store)\b/i.test(control)
}

function mayStore(status: number, policy: Policy): boolean {
  if (status === 404 || status === 410) return policy.negativeTtl > 0
  return status === 200 || status === 301 || status === 308
}
