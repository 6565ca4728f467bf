/**
 * Bare `Bun.serve`: fixed bytes and a content type. With PROCESSES=2 a second process shares the port. With LOOKS=1 it
 * looks at what any page cache must look at, the address and three request headers, and answers with as many headers as
 * the store, as a plain handler with a map would.
 */
const body = await Bun.file(process.env['BODY_FILE']!).bytes()
const headers = new Headers({ 'content-type': process.env['CONTENT_TYPE']! })
const processes = Number(process.env['PROCESSES'] ?? '1')

const storeHeaders = {
  'cache-control': 'public, max-age=0, s-maxage=60, stale-while-revalidate=3600',
  vary: 'Accept-Encoding',
  etag: '"3g9ylvapa1vmk"',
  age: '0',
  'x-request-id': '1fsxtzh1ahaacp-0',
  'x-cache': 'HIT',
}
const looks = process.env['LOOKS'] === '1'
if (looks) for (const [name, value] of Object.entries(storeHeaders)) headers.set(name, value)
const stored = new Map<string, Uint8Array<ArrayBuffer>>()

function answerLooking(request: Request): Response {
  const { url, method, headers: asked } = request
  const path = url.slice(url.indexOf('/', 8))
  if (stored.size === 0) stored.set(path, body)
  const isPlain = asked.get('authorization') === null && asked.get('if-none-match') === null
  const found = method === 'GET' && isPlain && asked.get('accept-encoding') !== '' ? stored.get(path) : undefined
  return found ? new Response(found, { headers }) : new Response(null, { status: 404 })
}

for (let index = 1; index < processes; index++) await startSibling()

Bun.serve({
  port: Number(process.env['PORT']),
  hostname: '127.0.0.1',
  reusePort: process.env['REUSE_PORT'] === '1',
  development: false,
  fetch: looks ? answerLooking : () => new Response(body, { headers }),
})
process.send?.('listening')

/** Resolves when the sibling listens, so that the parent's first answer means that all are ready. */
async function startSibling(): Promise<void> {
  const listening = Promise.withResolvers<void>()
  const sibling = Bun.spawn([process.execPath, import.meta.path], {
    env: { ...process.env, PROCESSES: '1' },
    stdout: 'inherit',
    stderr: 'inherit',
    ipc: () => listening.resolve(),
  })
  process.once('SIGTERM', () => {
    sibling.kill('SIGTERM')
    process.exit(0)
  })
  await listening.promise
}
