/** Is the address free to listen on? @module */
import { createServer } from 'node:net'
import { SpillwayError } from '../foundation/index.ts'

/**
 * Web workers share their port, so a second program on it would quietly take half of the requests. This asks for it
 * alone, once, before they start.
 *
 * @throws {SpillwayError} `PORT_TAKEN`, `PORT_FORBIDDEN`, `HOST_INVALID`.
 */
export async function ensurePortIsFree(host: string, port: number): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host, port, exclusive: true }, resolve)
    })
  } catch (cause) {
    throw explain(host, port, cause)
  }
  await new Promise((resolve) => server.close(resolve))
}

function explain(host: string, port: number, cause: unknown): SpillwayError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const place = `${host}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return new SpillwayError('PORT_TAKEN', `Another program listens on ${place}.`, {
        hint: `Stop it, or choose another port: set PORT to ${port + 1 > 65_535 ? 8_000 : port + 1}, say.`,
        cause,
      })
    case 'EACCES':
      return new SpillwayError('PORT_FORBIDDEN', `This account may not listen on ${place}.`, {
        hint: 'Choose a PORT from 1024 on.',
        cause,
      })
    default:
      return new SpillwayError('HOST_INVALID', `Can't listen on ${place}: ${code || String(cause)}.`, {
        hint: 'HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.',
        cause,
      })
  }
}
