/**
 * For pages without a log-in on a loopback address: a browser brings other people's pages to it as well.
 *
 * @module
 */
import type { MiddlewareHandler } from 'hono'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What a task was given is shown, and runs nothing; fonts of other servers are done without. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

/**
 * A name of somebody else's that leads to this machine, a page of somebody else's that presses a button, and a frame
 * around this one are all refused. It doesn't see who asks: the listener itself must be on a loopback address.
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host')
  const origin = c.req.header('origin')
  if (!host || !isLoopback(host)) return c.text('This page is for the machine that it runs on.', 403)
  // Browsers say where a change comes from, and where a page reads from that isn't this one.
  if (origin !== undefined && origin !== `http://${host}`) return c.text('This page answers no other pages.', 403)
  await next()
  c.header('Content-Security-Policy', policy)
  c.header('X-Frame-Options', 'DENY')
}

function isLoopback(host: string): boolean {
  const url = URL.parse(`http://${host}`)
  return url !== null && loopback.has(url.hostname)
}
