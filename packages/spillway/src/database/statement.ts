/**
 * Tells reads from writes by the text of a statement. The answer is remembered: an application has few texts.
 *
 * @module
 */

/** `read` may run on a replica, `replica` always does, `write` needs the primary. */
export type StatementKind = 'read' | 'replica' | 'write'

export interface StatementKinds {
  (text: string): StatementKind
  /** A server has shown that what looks like a read writes: `select nextval(…)`, a function that inserts. */
  learnWrite(text: string): void
}

const rememberedMax = 10_000
const writesInside = /\b(insert\s+into|update|delete\s+from|merge\s+into)\b/i
const locksRows = /\bfor\s+(update|no\s+key\s+update|share|key\s+share)\b/i

/**
 * @param replicaOnly tables or schemas whose reads always go to a replica.
 * @example
 * const kindOf = statementKinds(['analytics'])
 * kindOf('select 1') // 'read'
 */
export function statementKinds(replicaOnly: readonly string[] = []): StatementKinds {
  const remembered = new Map<string, StatementKind>()
  const names = replicaOnly.map((name) => name.replace(/\W/g, '\\$&')).join('|')
  const readsReplicaOnly = names ? new RegExp(`\\b(?:from|join)\\s+"?(?:${names})"?(?![\\w])`, 'i') : undefined

  const classify = (text: string): StatementKind => {
    // A plan alone changes nothing; with ANALYZE the statement is run.
    const isPlan = /^\s*explain\b/i.test(text) && !/\banalyze\b/i.test(text)
    const isQuery = isPlan || /^[\s(]*select\b/i.test(text) || (/^\s*with\b/i.test(text) && !writesInside.test(text))
    if (!isQuery || locksRows.test(text)) return 'write'
    return readsReplicaOnly?.test(text) ? 'replica' : 'read'
  }

  const kindOf = (text: string): StatementKind => {
    const known = remembered.get(text)
    if (known) return known
    // Texts built with literals could be endless; starting over is cheaper than tracking their use.
    if (remembered.size >= rememberedMax) remembered.clear()
    const kind = classify(text)
    remembered.set(text, kind)
    return kind
  }

  return Object.assign(kindOf, { learnWrite: (text: string) => void remembered.set(text, 'write') })
}
