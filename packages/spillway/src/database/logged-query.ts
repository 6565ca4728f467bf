/** All queries of one fingerprint that one request or task makes. @module */
import type { Place } from './place.ts'

/** How many of them a request may make from one place before it is warned of. */
export const repeatsMax = 10

export interface RepeatedQuery {
  /** With `?` for every value. */
  statement: string
  count: number
  /** Their time together, in milliseconds. */
  ms: number
  /** The line of the application, such as `src/catalog/list.ts:84`. */
  place: string | undefined
  /** The lines that led there, the nearest first. */
  callers: string[]
  /** What to do, in words. */
  fix: string
}

export class LoggedQuery {
  count = 0
  ms = 0
  #first: Place | undefined
  /** Of the first repetitions: they stand for all. */
  readonly #repeats: Place[] = []

  constructor(readonly statement: string) {}

  /** Where it comes from; kept if it is one of the first. */
  note(place: Place): void {
    this.#first ??= place
    if (this.isEarlyRepeat) this.#repeats.push(place)
  }

  get isEarlyRepeat(): boolean {
    return this.count > 1 && this.count <= repeatsMax + 1
  }

  get isOften(): boolean {
    return this.count > repeatsMax
  }

  get place(): Place | undefined {
    return this.#repeats[0] ?? this.#first
  }

  /** Undefined when it isn't one place that has asked this often. */
  get repeated(): RepeatedQuery | undefined {
    if (!this.isOften) return undefined
    const byLine = Map.groupBy(this.#repeats, ({ line }) => line)
    const [most = []] = [...byLine.values()].sort((a, b) => b.length - a.length)
    if (this.count * (most.length / this.#repeats.length) <= repeatsMax) return undefined
    const { statement, count, ms } = this
    const [place] = most
    return { statement, count, ms, place: place?.line, callers: place?.callers ?? [], fix: fixOf(statement) }
  }
}

function fixOf(statement: string): string {
  const [verb] = /^(?:insert|update|delete)\b/i.exec(statement) ?? []
  switch (verb?.toLowerCase()) {
    case 'insert':
      return 'write all rows at once with bulkInsert(...)'
    case 'update':
      return 'write all rows at once with bulkUpdate(...), or in one update with inArray(...)'
    case 'delete':
      return 'delete all rows in one statement with inArray(...)'
    default:
      return 'load them in one query with inArray(...) or a join, or use loader(...)'
  }
}
