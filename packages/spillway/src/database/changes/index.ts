/**
 * The change log: what any client changes in a watched table is told to every process, and to durable consumers.
 *
 * @module
 */
export { ChangeLog, type ChangesHandler } from './change-log.ts'
export type { ChangesConsumer, ConsumeOptions } from './consumer.ts'
export { installChangeLog, logWithoutColumns } from './install.ts'
export {
  type Change,
  type RowChange,
  rowsOf,
  type TableChange,
  type Watched,
  type WatchOptions,
  watch,
} from './watch.ts'
