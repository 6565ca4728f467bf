/** What each worker process tells of itself, every few seconds. @module */
import type { RunningTask } from '../worker/task-report.ts'
import { countedMinutes, minuteMs, type TaskMinute } from './task-counts.ts'

export interface Beat {
  /** Of the process; no other ever has it. */
  id: string
  host: string
  pid: number
  release: string
  /** By its own clock, as all moments here. */
  startedAtMs: number
  atMs: number
  queues: readonly string[]
  /** Tasks of one queue at once. */
  concurrency: number
  running: readonly RunningTask[]
  /** Tasks that have come to their end since it started. */
  done: number
  memoryBytes: number
  /** It takes no more tasks. */
  isDraining: boolean
  /** This was its last word; what it counted is still of worth. */
  hasLeft: boolean
  tasks: TaskMinute[]
}

export interface HeardBeat {
  beat: Beat
  /** By the clock of the store: clocks of different machines are never compared. */
  ageMs: number
}

/** Where beats are kept, beside the tasks themselves. */
export interface BeatStore {
  /** Instead of the earlier one with this id. */
  publish(beat: Beat): Promise<void>
  /** Those of the last minutes, also of processes that are gone. */
  read(): Promise<HeardBeat[]>
}

export const beatEveryMs = 2_500
/** Who has missed so many turns is dead. */
export const deadAfterMs = 10_000
/** As long as what it counted can be asked for. */
export const beatKeptMs = countedMinutes * minuteMs

/** A process of another release may tell more or less; foreign bytes are no beat. */
export function beatIn(value: unknown): Beat | undefined {
  const isBeat = typeof value === 'object' && value !== null && 'id' in value && 'tasks' in value
  return isBeat ? (value as Beat) : undefined
}
