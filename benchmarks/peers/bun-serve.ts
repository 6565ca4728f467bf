/** Bare `Bun.serve`: fixed bytes and a content type. With PROCESSES=2 a second process shares the port. */
const body = await Bun.file(process.env['BODY_FILE']!).bytes()
const headers = new Headers({ 'content-type': process.env['CONTENT_TYPE']! })
const processes = Number(process.env['PROCESSES'] ?? '1')

for (let index = 1; index < processes; index++) await startSibling()

Bun.serve({
  port: Number(process.env['PORT']),
  hostname: '127.0.0.1',
  reusePort: process.env['REUSE_PORT'] === '1',
  development: false,
  fetch: () => new Response(body, { headers }),
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
