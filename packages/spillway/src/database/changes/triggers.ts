/**
 * The SQL by which a watched table logs its changes: one function and two triggers a table.
 *
 * The function runs as its owner, so that any role that may write the table may log. It must therefore not depend on
 * the caller's `search_path`: every name in it is qualified, operators and types too. A `set search_path` would do the
 * same, at a cost for every row.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { Column } from 'drizzle-orm'
import { signatureOf, type Watched } from './watch.ts'

/** Rows of one table that a transaction may change one by one; soon after them it is `many`. */
const rowsMax = 1_000
/** How precisely they are counted: with other writers at work, by chance. */
const sample = 32

export interface TableTriggers {
  /** The function's name, without its schema. */
  functionName: string
  createFunction: string
  /** Changes when the function does. */
  hash: string
  createTriggers: string[]
}

export function triggersOf(watched: Watched): TableTriggers {
  const functionName = functionNameOf(watched)
  const createFunction = functionText(functionName, watched.name, {
    rowsMax,
    sample,
    skip: unchanged(watched.ignored),
    before: columnsOf('old', watched),
    after: columnsOf('new', watched),
    columns: literal(signatureOf(watched)),
  })
  const table = `${quote(watched.schema)}.${quote(watched.table)}`
  const execute = `execute function spillway_changes.${quote(functionName)}()`
  return {
    functionName,
    createFunction,
    hash: createHash('sha256').update(createFunction).digest('hex').slice(0, 16),
    createTriggers: [
      `create or replace trigger spillway_changes after insert or update or delete on ${table} for each row ${execute}`,
      `create or replace trigger spillway_truncate after truncate on ${table} for each statement ${execute}`,
    ],
  }
}

/**
 * The same without any column: told is only that something has changed. It works while migrations change the table, so
 * that writers are neither broken nor unheard.
 */
export function columnFreeFunction(functionName: string, tableName: string): string {
  return functionText(functionName, tableName, {
    ...{ rowsMax: 0, sample: 1, skip: '' },
    ...{ before: 'null', after: 'null', columns: 'null' },
  })
}

/** At most 63 bytes, whatever the table is called. */
function functionNameOf({ schema, table }: Watched): string {
  const hash = createHash('sha256').update(`${schema}.${table}`).digest('hex').slice(0, 8)
  return `log_${table.replace(/[^a-z0-9_]/gi, '_').slice(0, 40)}_${hash}`
}

interface FunctionParts {
  rowsMax: number
  /** A change with an id that this divides counts for as many. */
  sample: number
  /** A statement that leaves the function when nothing has changed that counts. */
  skip: string
  before: string
  after: string
  /** What `before` and `after` hold. */
  columns: string
}

/**
 * What an expression costs is mostly its preparation, once a transaction: few and short ones make a cheap function.
 *
 * The count of this transaction's changes is a setting, which a rollback takes back as it does the changes. To keep it
 * would be a sixth of the whole, so one of `sample` ids counts for all of them.
 */
function functionText(
  functionName: string,
  tableName: string,
  { rowsMax, sample, skip, before, after, columns }: FunctionParts,
): string {
  const setting = literal(`spillway.${functionName}`)
  const insert = (operation: string, old: string, now: string) => `
    insert into spillway_changes.log (id, relation, operation, old, new, columns)
    values (next_id, ${literal(tableName)}, '${operation}', ${old}, ${now}, ${columns});`
  return `create or replace function spillway_changes.${quote(functionName)}() returns trigger
language plpgsql security definer as $spillway$
declare
  next_id bigint;
  counted integer;
begin${skip}
  if pg_catalog.current_setting(${setting}, true) operator(pg_catalog.=) 'many' then
    return null;
  end if;
  next_id := pg_catalog.nextval('spillway_changes.ids');
  if next_id operator(pg_catalog.>) pg_catalog.pg_sequence_last_value('spillway_changes.id_limit') then
    return null;
  end if;
  if next_id operator(pg_catalog.%) ${sample} operator(pg_catalog.=) 0 then
    counted := '0' operator(pg_catalog.||) coalesce(pg_catalog.current_setting(${setting}, true), '');
    if counted operator(pg_catalog.>=) ${rowsMax} then
      perform pg_catalog.set_config(${setting}, 'many', true);${insert('many', 'null', 'null')}
      return null;
    end if;
    perform pg_catalog.set_config(${setting}, (counted operator(pg_catalog.+) ${sample})::pg_catalog.text, true);
  end if;
  if tg_op operator(pg_catalog.=) 'UPDATE' then${insert('update', before, after)}
  elsif tg_op operator(pg_catalog.=) 'INSERT' then${insert('insert', 'null', after)}
  elsif tg_op operator(pg_catalog.=) 'DELETE' then${insert('delete', before, 'null')}
  else${insert('truncate', 'null', 'null')}
  end if;
  return null;
end
$spillway$`
}

/** Only ignored columns are named: others may be added and dropped. Values are compared by their bytes. */
function unchanged(ignored: readonly string[]): string {
  const assignments = ignored.map((name) => `\n    old.${quote(name)} := new.${quote(name)};`)
  return `
  if tg_op operator(pg_catalog.=) 'UPDATE' then${assignments.join('')}
    if old operator(pg_catalog.*=) new then
      return null;
    end if;
  end if;`
}

/** An array: half the cost of an object. */
function columnsOf(row: 'old' | 'new', { columns }: Watched): string {
  const values = columns.map(({ column }) => `${row}.${quote(column.name)}${castOf(column)}`)
  return `pg_catalog.json_build_array(${values.join(', ')})`
}

/** Numbers that a JavaScript number can't hold travel as text. */
function castOf(column: Column): string {
  return /^(numeric|bigint|bigserial)/.test(column.getSQLType()) ? '::pg_catalog.text' : ''
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
