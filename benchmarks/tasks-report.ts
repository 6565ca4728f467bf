/** Tasks beside their bare engine, as Markdown, for a section of docs/benchmarks.md. */
import type { Machine } from './machine.ts'
import { type Markers, row } from './report.ts'
import { median, ratiosByRound } from './statistics.ts'
import type { TaskReading } from './tasks-pass.ts'

export interface Place {
  name: 'PostgreSQL' | 'Redis'
  /** In a pass. */
  tasks: number
}

export const places: readonly Place[] = [
  { name: 'PostgreSQL', tasks: 6_000 },
  { name: 'Redis', tasks: 60_000 },
]

export type TaskWay = 'bare' | 'bare with priority' | 'spillway'

export interface MeasuredTasks {
  place: Place
  readings: Record<TaskWay, TaskReading[]>
}

export const tasksMarkers: Markers = {
  start: '<!-- tasks:start (npm run benchmark:tasks -- --write makes what follows) -->',
  end: '<!-- tasks:end -->',
}

const figures: [label: string, figure: keyof TaskReading][] = [
  ['enqueued one by one', 'enqueued'],
  ['enqueued 500 at once', 'enqueuedAtOnce'],
  ['run', 'processed'],
]

export function tasksSection(
  { cpu, cores, memoryGiB, kernel, bun, postgresql }: Machine,
  rounds: number,
  measured: readonly MeasuredTasks[],
): string {
  const lines = measured.flatMap(({ place, readings }) =>
    figures.map(([label, figure]) => {
      const of = (way: TaskWay) => readings[way].map((reading) => reading[figure])
      const rates = (['bare', 'bare with priority', 'spillway'] as const).map((way) => whole(median(of(way))))
      return row(
        `${place.name}: ${label}`,
        ...rates,
        ratio(of('spillway'), of('bare')),
        ratio(of('spillway'), of('bare with priority')),
      )
    }),
  )
  return [
    '### Tasks',
    `Measured on ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${kernel}; Bun ${bun}, PostgreSQL ${postgresql} with synchronous commit, ` +
      `Redis without a log, on the same machine. ${rounds} rounds in turns, each pass in a process of its own: 64 callers enqueue, ` +
      'one worker with 8 slots runs. Tasks a second:',
    [
      row('', 'bare BullMQ', 'with a priority', 'Spillway', 'of bare', 'of bare with a priority'),
      '|---|--:|--:|--:|--:|--:|',
      ...lines,
    ].join('\n'),
  ].join('\n\n')
}

function ratio(rates: readonly number[], base: readonly number[]): string {
  const spread = ratiosByRound(rates, base)
  return `${spread.median.toFixed(2)} (${spread.min.toFixed(2)}–${spread.max.toFixed(2)})`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
