/** What a worker process tells its supervisor. @module */

export type WorkerMessage = { kind: 'ready' } | { kind: 'recycle' } | { kind: 'failed'; message: string }

export const tellSupervisor = (message: WorkerMessage) => process.send?.(message)
