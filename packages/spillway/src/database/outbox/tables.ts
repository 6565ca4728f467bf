/**
 * The table of the outbox, in a schema of its own, named as that of the change log is.
 *
 * A message is a row from its transaction until it was delivered. There is no index, because each would cost every
 * writer: messages are found from the front of the table, and removed by their place in it.
 *
 * @module
 */

/**
 * `database` is the name in the app: several databases may live in one place. `free_at` is when a message may be taken:
 * at once, or after the pause that follows a failure, or when who has taken it counts as dead.
 */
export const outboxTable = `create table spillway_outbox.messages (
  id uuid not null,
  enqueued_at timestamptz not null default clock_timestamp(),
  free_at timestamptz not null default '-infinity',
  attempts integer not null default 0,
  database text not null,
  destination text not null,
  body json not null
) with (
  autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_threshold = -1
)`
