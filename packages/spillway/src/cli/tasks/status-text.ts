/** The state of a fleet's tasks as people read it. @module */
import type {
  Percentiles,
  QueueStatus,
  ScheduleStatus,
  TaskFigures,
  TaskStatus,
  WorkerStatus,
} from '../../tasks/index.ts'
import { amount, duration, plural, size } from '../quantities.ts'
import { bold, dim, red, yellow } from '../style.ts'
import { type Column, table } from '../table.ts'

const number = <Row>(title: string, of: (row: Row) => number): Column<Row> => {
  return { title, align: 'right', of: (row) => amount(of(row)) }
}

const age = <Row>(title: string, of: (row: Row) => number | undefined): Column<Row> => {
  return { title, align: 'right', of: (row) => since(of(row)) }
}

/** An interval may be one of seconds. */
const second = (time: Date) => `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** Three in one, as they are read together. */
const spread = <Row>(title: string, of: (row: Row) => Percentiles | undefined): Column<Row> => {
  return { title: `${title} p50/95/99`, align: 'right', of: (row) => percentiles(of(row)) }
}

const queueColumns: Column<QueueStatus>[] = [
  { title: 'queue', of: ({ name }) => name },
  number('waiting', ({ waiting }) => waiting),
  age('oldest', ({ oldestWaitingMs }) => oldestWaitingMs),
  number('active', ({ active }) => active),
  number('slots', ({ slots }) => slots),
  age('longest', ({ oldestActiveMs }) => oldestActiveMs),
  number('delayed', ({ delayed }) => delayed),
  { title: 'failed', align: 'right', of: ({ failed }) => (failed > 0 ? red(amount(failed)) : '0') },
  number('kept', ({ completed }) => completed),
  { title: '/min', align: 'right', of: ({ recent }) => rate(recent.perMinute) },
  spread('wait', ({ recent }) => recent.wait),
  spread('run', ({ recent }) => recent.run),
  { title: '', of: ({ isPaused }) => (isPaused ? yellow('paused') : '') },
]

const taskColumns: Column<TaskFigures>[] = [
  { title: 'task', of: ({ task }) => task },
  { title: 'queue', of: ({ queue }) => queue },
  number('done', ({ completed }) => completed),
  number('retried', ({ retried }) => retried),
  { title: 'failed', align: 'right', of: ({ failed }) => (failed > 0 ? red(amount(failed)) : '0') },
  { title: '/min', align: 'right', of: ({ perMinute }) => rate(perMinute) },
  spread('wait', ({ wait }) => wait),
  spread('run', ({ run }) => run),
]

const workerColumns: Column<WorkerStatus>[] = [
  { title: 'worker', of: ({ host, pid }) => `${host} ${pid}` },
  age('up', ({ upMs }) => upMs),
  number('done', ({ done }) => done),
  { title: 'runs', align: 'right', of: ({ running }) => amount(running.length) },
  { title: 'memory', align: 'right', of: ({ memoryBytes }) => size(memoryBytes) },
  { title: 'release', of: ({ release }) => release.slice(0, 12) },
  { title: 'queues', of: ({ queues, concurrency }) => `${queues.join(', ')} × ${concurrency}` },
  { title: '', of: ({ isDraining }) => (isDraining ? yellow('leaves') : '') },
]

type Running = WorkerStatus['running'][number] & { pid: number }

const runningColumns: Column<Running>[] = [
  { title: 'running', of: ({ task }) => task },
  age('since', ({ runningMs }) => runningMs),
  number('pid', ({ pid }) => pid),
  { title: 'id', of: ({ id }) => id },
]

const scheduleColumns: Column<ScheduleStatus>[] = [
  { title: 'schedule', of: ({ name }) => name },
  { title: 'fires', of: ({ timing }) => timing },
  { title: 'next', of: ({ next }) => (next ? second(next) : '') },
  { title: 'last', of: ({ last }) => (last ? second(last.at) : '') },
]

/** The rest is in `--json`. */
const runningMax = 10

export function statusText(status: TaskStatus & { place: string; schedules: ScheduleStatus[] }): string {
  const { place, queues, tasks, workers, schedules } = status
  const running = workers
    .flatMap((worker) => worker.running.map((one) => ({ ...one, pid: worker.pid })))
    .sort((one, other) => other.runningMs - one.runningMs)
  return [
    `${bold('tasks')}  ${place}; ${workersLine(workers)}`,
    ...['', table(queues, queueColumns)],
    ...(tasks.length > 0 ? ['', table(tasks, taskColumns), dim('  of the last five minutes')] : []),
    ...(workers.length > 0 ? ['', table(workers, workerColumns)] : []),
    ...(running.length > 0 ? ['', table(running.slice(0, runningMax), runningColumns)] : []),
    ...(running.length > runningMax ? [dim(`  and ${running.length - runningMax} more`)] : []),
    ...(schedules.length > 0 ? ['', table(schedules, scheduleColumns)] : []),
    '',
  ].join('\n')
}

function workersLine(workers: WorkerStatus[]): string {
  if (workers.length === 0) return yellow('no worker is alive')
  const leaving = workers.filter(({ isDraining }) => isDraining).length
  return `${plural(workers.length, 'worker')}${leaving > 0 ? `, ${amount(leaving)} of them leaving` : ''}`
}

const since = (ms: number | undefined) => (ms === undefined ? '' : duration(ms))

const rate = (perMinute: number) => (perMinute > 0 && perMinute < 10 ? perMinute.toFixed(1) : amount(perMinute))

function percentiles(of: Percentiles | undefined): string {
  return of ? [of.p50, of.p95, of.p99].map(duration).join(' ') : ''
}
