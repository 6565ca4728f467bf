import { describe, expect, test } from 'bun:test'
import { parseWrk } from './wrk.ts'

const printed = (tail: string, p99 = '  1.33ms') => `Running 4s test @ http://127.0.0.1:8000/api/products/42
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   666.52us  123.45us   9.81ms   91.20%
    Req/Sec    90.82k     2.11k   95.00k    72.50%
  Latency Distribution
     50%  640.00us
     75%  702.00us
     90%  799.00us
     99%${p99}
  361522 requests in 4.00s, 270.13MB read
${tail}Requests/sec:  90380.12
Transfer/sec:     67.53MB
`

describe('parseWrk', () => {
  test('reads the count, the rate and the 99th percentile', () => {
    expect(parseWrk(printed(''))).toEqual({ requests: 361522, requestsPerSecond: 90380.12, p99Ms: 1.33 })
  })

  test('turns every unit of wrk into milliseconds', () => {
    expect(parseWrk(printed('', ' 640.00us')).p99Ms).toBeCloseTo(0.64)
    expect(parseWrk(printed('', '    1.20s')).p99Ms).toBe(1200)
    expect(parseWrk(printed('', '    1.50m')).p99Ms).toBe(90_000)
  })

  test('refuses a pass with socket errors', () => {
    const output = printed('  Socket errors: connect 0, read 3, write 0, timeout 0\n')
    expect(() => parseWrk(output)).toThrow('read 3')
  })

  test('refuses a pass with answers other than 2xx and 3xx', () => {
    expect(() => parseWrk(printed('  Non-2xx or 3xx responses: 7\n'))).toThrow('responses: 7')
  })

  test('refuses output that it does not know', () => {
    expect(() => parseWrk('unable to connect')).toThrow('wrk printed no')
  })
})
