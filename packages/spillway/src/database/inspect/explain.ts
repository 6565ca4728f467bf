/**
 * What the server would do for a statement, and what of it is dear.
 *
 * @module
 */
import { SQL, type TransactionSQL } from 'bun'
import { messageOf, SpillwayError } from '../../foundation/index.ts'
import { type InquiryOptions, inquire } from './inquiry.ts'
import { parameterCount } from './masked.ts'
import { nodesOf, type PlanNode } from './plan.ts'
import { type PlanNote, planNotes } from './plan-notes.ts'
import { readTables } from './plan-tables.ts'

export interface Explanation {
  plan: PlanNode
  /** The dear parts, in plain language; empty when nothing stands out. */
  notes: PlanNote[]
  /** True when the plan is one for any values, because none were given. */
  isGeneric: boolean
  /** True when the statement was run and the figures were measured; else they are the planner's guesses. */
  isAnalyzed: boolean
  planningMs: number | null
  executionMs: number | null
}

export interface ExplainOptions extends InquiryOptions {
  /** Values for `$1` …; without them the plan is one for any values, which needs PostgreSQL 16. */
  params?: readonly unknown[]
  /** Run it, inside a read-only transaction that is rolled back, and measure. */
  analyze?: boolean
}

/**
 * Explains one statement. It can't change anything: not even with `analyze`, for the transaction is read-only.
 *
 * @throws {SpillwayError} `EXPLAIN_REFUSED` with what the server says, `EXPLAIN_NEEDS_VALUES`, `EXPLAIN_WRITES`.
 * @example
 * const { plan, notes } = await explain(sql, 'select * from products where price < $1', { params: ['5'] })
 */
export async function explain(
  sql: SQL,
  statement: string,
  { params = [], analyze = false, ...options }: ExplainOptions = {},
): Promise<Explanation> {
  const text = statement.trim().replace(/;$/, '')
  const isGeneric = params.length === 0 && parameterCount(text) > 0
  if (isGeneric && analyze) throw needsValues()
  try {
    if (isGeneric) await inquire(sql, (tx) => checkIsOne(tx, text), options)
    return await inquire(
      sql,
      async (tx) => {
        const extras = `${analyze ? ', analyze, buffers' : ''}${isGeneric ? ', generic_plan' : ''}`
        const command = `explain (format json, verbose${extras})`
        const [row] =
          isGeneric || params.length > 0
            ? await tx.unsafe(`${command} ${text}`, [...params])
            : // A tagged statement is prepared, and of those the server takes one at a time only.
              await tx`${tx.unsafe(command)} ${tx.unsafe(text)}`
        const [answer]: [Answer] = row['QUERY PLAN']
        const { Plan: plan, 'Planning Time': planningMs = null, 'Execution Time': executionMs = null } = answer
        const tables = await readTables(tx, nodesOf(plan))
        return { plan, notes: planNotes(plan, tables), isGeneric, isAnalyzed: analyze, planningMs, executionMs }
      },
      options,
    )
  } catch (error) {
    throw refused(error)
  }
}

interface Answer {
  Plan: PlanNode
  'Planning Time'?: number
  'Execution Time'?: number
}

/**
 * A generic plan can only be had by the protocol that takes several statements at once, `commit; drop …` among them. So
 * the text is planned before by the one that refuses them.
 */
async function checkIsOne(tx: TransactionSQL, text: string): Promise<void> {
  const nulls = Array.from({ length: parameterCount(text) }, () => null)
  try {
    await tx.savepoint((inner) => inner.unsafe(`explain ${text}`, nulls))
  } catch (error) {
    // Type of a parameter unknown: a later complaint than that of several statements.
    if (!(error instanceof SQL.PostgresError && error.errno === '42P18')) throw error
  }
}

function needsValues(cause?: unknown): SpillwayError {
  return new SpillwayError('EXPLAIN_NEEDS_VALUES', 'The statement has parameters, and no values were given for them.', {
    hint: 'Give one for each: `--param 42 --param active`. From PostgreSQL 16 on a plan alone can be had without.',
    cause,
  })
}

function refused(error: unknown): unknown {
  if (!(error instanceof SQL.PostgresError)) return error
  // An older server has no plans for any values, and misses the first parameter.
  if (error.errno === '42P02') return needsValues(error)
  if (error.errno === '25006') {
    return new SpillwayError('EXPLAIN_WRITES', 'The statement writes, so it was not run.', {
      hint: 'Leave --analyze out to see the plan alone.',
      cause: error,
    })
  }
  return new SpillwayError('EXPLAIN_REFUSED', `The server can't explain it: ${messageOf(error)}.`, {
    hint: 'It takes one statement: select, insert, update, delete, merge or values. Values for $1 … are given with --param.',
    cause: error,
  })
}
