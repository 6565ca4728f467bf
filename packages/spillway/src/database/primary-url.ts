/** For work that needs one server once, such as migrations: the primary among the hosts of a URL. @module */
import { hostUrls, UnavailableError } from '../foundation/index.ts'
import { findPrimary } from './primary-search.ts'

const patienceMs = 10_000
const pollMs = 200

/**
 * The URL of the one host that takes writes; that of a single host is taken as it is. Where there is none, it waits 10
 * seconds for one to be promoted.
 *
 * @throws {UnavailableError} `DATABASE_NO_PRIMARY`, with what each host said.
 * @example
 * await primaryUrl('postgres://shop:pw@a:5432,b:5432/shop') // 'postgres://shop:pw@b:5432/shop'
 */
export async function primaryUrl(url: string, timeoutMs = patienceMs): Promise<string> {
  const urls = hostUrls(url)
  if (urls.length === 1) return urls[0]!
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const { url: found, said } = await findPrimary({ urls, applicationName: 'spillway', prepare: false })
    if (found) return found
    if (performance.now() > deadline) throw new NoPrimaryError(said)
    await Bun.sleep(pollMs)
  }
}

class NoPrimaryError extends UnavailableError {
  constructor(said: string[]) {
    super('DATABASE_NO_PRIMARY', `No host of DATABASE_URL takes writes: ${said.join('; ')}.`, {
      hint: 'Check hosts, ports and password; and that one of them is no standby.',
    })
  }
}
