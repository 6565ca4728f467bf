/** Workflows on PostgreSQL, beside the engine's own tables. @module */
import type pg from 'pg'
import type { Plan } from './plan.ts'
import {
  type Settled,
  type Standing,
  type StepFailure,
  type StepResult,
  type StepState,
  type TakenStep,
  type WorkflowStore,
  workflowsKeptDays,
} from './store.ts'

/** Created with the engine's. `json` rather than `jsonb`: it is stored as it comes, and read as a whole. */
export const workflowTables = [
  'create schema if not exists spillway_tasks',
  `create table if not exists spillway_tasks.workflows (
    id text primary key,
    brief json not null,
    is_begun boolean not null default false,
    failures jsonb not null default '{}',
    told_in text,
    times_failed integer not null default 0,
    begins_at timestamptz not null
  )`,
  'alter table spillway_tasks.workflows add column if not exists told_in text',
  `create table if not exists spillway_tasks.workflow_steps (
    workflow text not null,
    n integer not null,
    kind text not null,
    parent integer,
    stop integer not null,
    task text,
    is_flat boolean,
    source integer,
    takes text,
    key text,
    input json,
    "left" integer not null,
    is_done boolean not null default false,
    result json,
    primary key (workflow, n)
  ) with (fillfactor = 80)`,
]

const outlined = `n, kind, parent, stop as "end", task, is_flat as "isFlat", is_done as "isDone"`
const belowStep = `from spillway_tasks.workflow_steps where workflow = $1 and n >= $2
  and n < (select stop from spillway_tasks.workflow_steps where workflow = $1 and n = $2) order by n`

const insertSteps = `insert into spillway_tasks.workflow_steps
  (workflow, n, kind, parent, stop, task, is_flat, source, takes, key, input, "left")
  select $1, n, kind, parent, "end", task, "isFlat", source, takes, key, input, parts
  from json_to_recordset($2::json) as step (n int, kind text, parent int, "end" int, task text, "isFlat" boolean,
    source int, takes text, key text, input json, parts int)`

const takeStep = `select source, takes, key, input, result,
  array(select jsonb_object_keys(failures)::int from spillway_tasks.workflows where id = $1) as failures
  from spillway_tasks.workflow_steps where workflow = $1 and n = $2`

// The parent's row is locked by one after the other, so each sees how many are left after itself.
const settleStep = `with done as (
    update spillway_tasks.workflow_steps set is_done = true, result = $3
      where workflow = $1 and n = $2 and not is_done returning parent
  ), counted as (
    update spillway_tasks.workflow_steps set "left" = "left" - 1
      where workflow = $1 and n = (select parent from done) returning "left"
  )
  select step.stop as "end", parent.n, parent.kind, coalesce((select "left" from counted), parent."left") as "left"
    from spillway_tasks.workflow_steps step
    left join spillway_tasks.workflow_steps parent on parent.workflow = step.workflow and parent.n = step.parent
    where step.workflow = $1 and step.n = $2`

const standingOf = `select brief, is_begun as "isBegun", failures, told_in as "toldIn", times_failed as "timesFailed",
  coalesce((select is_done from spillway_tasks.workflow_steps where workflow = $1 and n = 0), false) as "isDone"
  from spillway_tasks.workflows where id = $1`

/** Steps that are written by one statement. */
const batch = 1_000

export class PostgresWorkflows implements WorkflowStore {
  readonly #pool: () => pg.Pool

  constructor(pool: () => pg.Pool) {
    this.#pool = pool
  }

  async open(id: string, { brief, steps }: Plan, delayMs: number): Promise<void> {
    const client = await this.#pool().connect()
    try {
      await client.query('begin')
      const opened = await client.query(
        `insert into spillway_tasks.workflows (id, brief, begins_at) values ($1, $2, now() + $3 * interval '1 ms')
          on conflict do nothing`,
        [id, JSON.stringify(brief), delayMs],
      )
      if (opened.rowCount) {
        for (let at = 0; at < steps.length; at += batch) {
          await client.query(insertSteps, [id, JSON.stringify(steps.slice(at, at + batch))])
        }
      }
      await client.query('commit')
      client.release()
    } catch (error) {
      // The connection is closed, and what was begun on it with it.
      client.release(true)
      throw error
    }
  }

  async standing(id: string): Promise<Standing | undefined> {
    const [row] = await this.#query<Standing>(standingOf, [id])
    return row && withoutNulls(row)
  }

  async outline(id: string, n: number): Promise<StepState[]> {
    return (await this.#query<StepState>(`select ${outlined} ${belowStep}`, [id, n])).map(withoutNulls<StepState>)
  }

  async results(id: string, n: number): Promise<StepState[]> {
    return (await this.#query<StepState>(`select ${outlined}, result ${belowStep}`, [id, n])).map(
      withoutNulls<StepState>,
    )
  }

  async take(id: string, n: number): Promise<TakenStep | undefined> {
    const [row] = await this.#query(takeStep, [id, n], 'spillway_take')
    return row && withoutNulls(row)
  }

  async settle(id: string, n: number, result?: StepResult): Promise<Settled | undefined> {
    type Row = { end: number; n: number | null; kind: 'chain' | 'group'; left: number }
    const [row] = await this.#query<Row>(settleStep, [id, n, result ? JSON.stringify(result) : null], 'spillway_settle')
    if (!row) return undefined
    const { end, n: parent, kind, left } = row
    return parent === null ? { end } : { end, parent: { n: parent, kind, left } }
  }

  async begun(id: string): Promise<void> {
    await this.#query('update spillway_tasks.workflows set is_begun = true where id = $1', [id])
  }

  async fail(id: string, n: number, failure: StepFailure): Promise<void> {
    await this.#query(
      `update spillway_tasks.workflows set failures = failures || jsonb_build_object($2::text, $3::jsonb) where id = $1`,
      [id, String(n), JSON.stringify(failure)],
    )
  }

  async told(id: string, attempt: string): Promise<void> {
    await this.#query(
      'update spillway_tasks.workflows set told_in = $2, times_failed = times_failed + 1 where id = $1',
      [id, attempt],
    )
  }

  async heal(id: string, n: number): Promise<boolean> {
    const [row] = await this.#query<{ isWhole: boolean }>(
      `update spillway_tasks.workflows set failures = failures - $2::text where id = $1
        returning failures = '{}' as "isWhole"`,
      [id, String(n)],
    )
    return row?.isWhole ?? false
  }

  async resume(id: string): Promise<void> {
    await this.#query(`update spillway_tasks.workflows set failures = '{}', told_in = null where id = $1`, [id])
  }

  async progress(id: string): Promise<{ done: number; total: number } | undefined> {
    const [row] = await this.#query<{ done: number; total: number }>(
      `select count(*) filter (where is_done)::int as done, count(*)::int as total
        from spillway_tasks.workflow_steps where workflow = $1 and kind = 'task'`,
      [id],
    )
    return row?.total ? row : undefined
  }

  async forget(id: string): Promise<void> {
    await this.#query(
      `with gone as (delete from spillway_tasks.workflows where id = $1)
        delete from spillway_tasks.workflow_steps where workflow = $1`,
      [id],
    )
  }

  async forgetOld(): Promise<void> {
    await this.#query(
      `with gone as (
          delete from spillway_tasks.workflows where begins_at < now() - $1 * interval '1 day' returning id
        )
        delete from spillway_tasks.workflow_steps using gone where workflow = gone.id`,
      [workflowsKeptDays],
    )
  }

  /** @param name of those that every task needs: they are planned once a connection. */
  async #query<Row extends object>(text: string, values: unknown[], name?: string): Promise<Row[]> {
    const { rows } = await this.#pool().query({ text, values, ...(name && { name }) })
    // As its columns are named above.
    return rows as Row[]
  }
}

/** Columns that are null are fields that aren't there. */
function withoutNulls<Row extends object>(row: object): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row
}
