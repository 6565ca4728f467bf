/** One pass of wrk over one URL, and the reading of what it prints. */

export interface Load {
  threads: number
  connections: number
  headers: Readonly<Record<string, string>>
}

export interface Pass {
  requests: number
  requestsPerSecond: number
  p99Ms: number
}

export const plainHeaders = {}

/** What Chrome sends to a page of a site that it is on. */
export const browserHeaders = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36',
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'Accept-Language': 'en-GB,en;q=0.9,ko;q=0.8',
  'Accept-Encoding': 'gzip, deflate, br',
  'Upgrade-Insecure-Requests': '1',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Site': 'same-origin',
}

export function requireWrk(): void {
  if (Bun.which('wrk')) return
  throw new Error('wrk makes the load and is not installed. Install it with: apt-get install wrk')
}

export async function runWrk(url: string, load: Load, seconds: number, signal: AbortSignal): Promise<Pass> {
  signal.throwIfAborted()
  const headers = Object.entries(load.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const wrk = Bun.spawn(
    ['wrk', '--latency', `-t${load.threads}`, `-c${load.connections}`, `-d${seconds}s`, ...headers, url],
    { stdout: 'pipe', stderr: 'pipe', signal, detached: true },
  )
  const [output, complaint] = await Promise.all([wrk.stdout.text(), wrk.stderr.text(), wrk.exited])
  signal.throwIfAborted()
  if (wrk.exitCode !== 0) throw new Error(`wrk ended with ${wrk.exitCode} on ${url}: ${complaint || output}`)
  return parseWrk(output)
}

/** Throws when any request failed: a rate that counts failures says nothing. */
export function parseWrk(output: string): Pass {
  const failure = /Socket errors:.*|Non-2xx or 3xx responses:.*/.exec(output)
  if (failure) throw new Error(`Requests failed under load, so this pass counts for nothing: ${failure[0]}`)
  const requests = Number(field(output, /(\d+) requests in /))
  if (requests === 0) throw new Error('wrk got no answer at all')
  return {
    requests,
    requestsPerSecond: Number(field(output, /Requests\/sec:\s+([\d.]+)/)),
    p99Ms: milliseconds(field(output, /99%\s+([\d.]+(?:us|ms|s|m))/)),
  }
}

function field(output: string, pattern: RegExp): string {
  const value = pattern.exec(output)?.[1]
  if (value === undefined) throw new Error(`wrk printed no ${pattern.source}:\n${output}`)
  return value
}

const unitsMs: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000 }

function milliseconds(text: string): number {
  const [, value, unit] = /^([\d.]+)([a-z]+)$/.exec(text)!
  return Number(value) * unitsMs[unit!]!
}
