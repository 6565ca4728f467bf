/**
 * The tables of the change log, in a schema of their own. It has no name that a role could have: `search_path` starts with
 * the schema named like the role, and migrations would make their tables there.
 *
 * `log` is where triggers write and the relay empties: it has no index, because each would cost every writer.
 * `feed` is what readers read: one row a batch, in the order in which they were moved.
 *
 * @module
 */

/** `old` and `new` are arrays of the values of `columns`. Each statement may run again. */
export const changeLogTables = [
  'create schema if not exists spillway_changes',
  'create sequence if not exists spillway_changes.ids',
  // Ids above its value are not logged: the log's bound while no relay lives.
  'create sequence if not exists spillway_changes.id_limit',
  // Emptied without pause, so it is vacuumed by count; giving pages back to the system would lock writers out.
  `create table if not exists spillway_changes.log (
    id bigint not null,
    relation text not null,
    operation text not null,
    old json,
    new json,
    columns text
  ) with (
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_threshold = -1, vacuum_truncate = off
  )`,
  `create table if not exists spillway_changes.feed (
    position bigint primary key,
    at timestamptz not null default clock_timestamp(),
    changes json not null
  ) with (
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0,
    vacuum_truncate = off
  )`,
  // Who works on what, until when, and how far it has come. The relay's position is the end of the feed.
  `create table if not exists spillway_changes.leases (
    name text primary key,
    position bigint not null,
    holder text,
    expires_at timestamptz not null default '-infinity'
  ) with (fillfactor = 25, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0)`,
  // `pruned`: batches up to it are gone. `gap_after`: transactions before it may have changed rows without a trace.
  `create table if not exists spillway_changes.state (
    only_row boolean primary key default true check (only_row),
    pruned bigint not null default 0,
    gap_after xid8
  )`,
  `insert into spillway_changes.state default values on conflict do nothing`,
  `insert into spillway_changes.leases (name, position) values ('relay', 0) on conflict do nothing`,
]

/** Brings a log up to date that held objects and no names of columns. */
export const logWithArrays = `alter table spillway_changes.log
  alter column old type json, alter column new type json, add column columns text`
