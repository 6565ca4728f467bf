/** Passes in turns: A, B, C, A, B, C, … so that a slow minute of the machine hits all subjects alike. */
import type { Running } from './check.ts'
import { median, ratiosByRound, type Spread } from './statistics.ts'
import type { Group } from './subjects.ts'
import { type Load, type Pass, runWrk } from './wrk.ts'

export interface MeasuredPass extends Pass {
  /** CPU time of the server's processes by request; undefined where there is no /proc. */
  cpuMicroseconds: number | undefined
}

export interface Result {
  subject: string
  label: string
  requestsPerSecond: number
  /** To the base of the group, by rounds. */
  ratio: Spread
  p99Ms: number
  cpuMicroseconds: number | undefined
  passes: readonly MeasuredPass[]
}

export interface Timing {
  seconds: number
  rounds: number
}

const warmUpSeconds = 3

export async function measureGroup(
  group: Group,
  running: readonly Running[],
  timing: Timing,
  signal: AbortSignal,
  onPass: (text: string) => void,
): Promise<readonly Result[]> {
  for (const one of running) await pass(one, group.load, warmUpSeconds, signal)
  const passes = new Map<string, MeasuredPass[]>(running.map(({ subject }) => [subject.name, []]))
  for (let round = 1; round <= timing.rounds; round++) {
    for (const one of running) {
      const measured = await pass(one, group.load, timing.seconds, signal)
      passes.get(one.subject.name)!.push(measured)
      onPass(
        `${group.name} ${round}/${timing.rounds} ${one.subject.name}: ${Math.round(measured.requestsPerSecond)} req/s`,
      )
    }
  }
  const base = passes.get(group.base)!
  return running.map(({ subject }) => summarise(subject, passes.get(subject.name)!, base))
}

async function pass(
  { subject, server }: Running,
  load: Load,
  seconds: number,
  signal: AbortSignal,
): Promise<MeasuredPass> {
  const before = server.cpuSeconds()
  const measured = await runWrk(server.url + subject.path, load, seconds, signal)
  const after = server.cpuSeconds()
  const isKnown = before !== undefined && after !== undefined
  return { ...measured, cpuMicroseconds: isKnown ? ((after - before) * 1e6) / measured.requests : undefined }
}

function summarise(
  subject: { name: string; label: string },
  passes: readonly MeasuredPass[],
  base: readonly MeasuredPass[],
): Result {
  const cpu = passes.flatMap(({ cpuMicroseconds }) => cpuMicroseconds ?? [])
  return {
    subject: subject.name,
    label: subject.label,
    requestsPerSecond: median(rates(passes)),
    ratio: ratiosByRound(rates(passes), rates(base)),
    p99Ms: median(passes.map(({ p99Ms }) => p99Ms)),
    cpuMicroseconds: cpu.length > 0 ? median(cpu) : undefined,
    passes,
  }
}

export function rates(passes: readonly MeasuredPass[]): number[] {
  return passes.map(({ requestsPerSecond }) => requestsPerSecond)
}
