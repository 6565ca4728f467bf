/**
 * What goes into a render and what may be kept of it.
 *
 * @module
 */
import type { Policy } from './policy.ts'
import type { RenderedAnswer } from './stored-page.ts'

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
export async function readAnswer(response: Response): Promise<RenderedAnswer> {
  const { status, headers } = response
  const blob = await response.blob()
  if (!headers.has('content-type') && blob.type) headers.set('content-type', blob.type)
  return { status, headers, body: await blob.bytes() }
}

export function isPrivate(response: Response): boolean {
  // Encoded by the handler: those bytes fit that request alone.
  if (response.headers.has('set-cookie') || response.headers.has('content-encoding')) return true
  const control = response.headers.get('cache-control')
  return control !== null && /\b(private|no-store)\b/i.test(control)
}

export function mayStore(status: number, policy: Policy): boolean {
  if (status === 404 || status === 410) return policy.negativeTtl > 0
  return status === 200 || status === 301 || status === 308
}
