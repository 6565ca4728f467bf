/** A client that can be ended at any time. @module */
import type { Redis } from 'ioredis'

/**
 * The driver waits for the end of its socket, which between two attempts to connect it hasn't got: then neither "end"
 * would come nor an answer to those who wait for one, such as an engine that closes.
 * Source: https://github.com/redis/ioredis/pull/2169
 */
export function endable(client: Redis): Redis {
  const [disconnect, duplicate] = [client.disconnect.bind(client), client.duplicate.bind(client)]
  client.disconnect = (willReconnect = false) => {
    const isBetweenAttempts = client.status === 'reconnecting' && !willReconnect
    // Like one that has not begun yet, which ends without a socket.
    if (isBetweenAttempts) client.status = 'wait'
    disconnect(willReconnect)
    if (isBetweenAttempts) giveUpResending(client)
  }
  client.duplicate = ((changes?: object) => endable(duplicate(changes))) as Redis['duplicate']
  return client
}

interface Interrupted {
  command: { reject(error: Error): void }
}

/** What was to be sent once more on the next connection; the driver's types don't tell of it. */
function giveUpResending(client: Redis): void {
  const held = client as unknown as { prevCommandQueue?: { toArray(): Interrupted[] } | null }
  for (const { command } of held.prevCommandQueue?.toArray() ?? []) command.reject(new Error('Connection is closed.'))
  held.prevCommandQueue = null
}
