/** What Drizzle needs of Bun's SQL client, with every statement recorded. @module */
import type { SavepointSQL, SQL, TransactionSQL } from 'bun'
import type { QueryRecorder } from './query-recorder.ts'
import type { Statement } from './recorded-query.ts'

/** What Bun's `unsafe` returns, as far as Drizzle uses it: `await query` gives objects, `query.values()` arrays. */
export function deferredQuery(run: (asArrays: boolean) => Promise<unknown[]>) {
  return {
    values: () => run(true),
    // biome-ignore lint/suspicious/noThenProperty: Bun's queries are thenables that start when they are awaited.
    then: (onRows: (rows: unknown[]) => unknown, onError: (error: unknown) => unknown) =>
      run(false).then(onRows, onError),
  }
}

const unrecordedClients = new WeakMap<object, Pick<SQL, 'unsafe'>>()

/** What Bun offers beyond plain statements on the client of a transaction: COPY, the simple protocol, cancelling. */
export function unrecorded(client: SQL): Pick<SQL, 'unsafe'> {
  return unrecordedClients.get(client) ?? client
}

/** The client of one transaction or savepoint, whose statements don't pass the router. */
export function recordedTransaction<Client extends TransactionSQL | SavepointSQL>(
  client: Client,
  recorder: QueryRecorder,
  statement: (text: string, params: unknown[], builtAt?: Error) => Statement,
): Client {
  const send = client.unsafe.bind(client)
  const nest = client.savepoint.bind(client)
  const recorded = {
    unsafe: (text: string, params: unknown[] = [], builtAt?: Error) =>
      deferredQuery((asArrays) =>
        recorder.run(statement(text, params, builtAt), async () => {
          const query = send(text, params)
          return await (asArrays ? query.values() : query)
        }),
      ),
    savepoint: <Result>(work: (inner: SavepointSQL) => Promise<Result>) =>
      nest((inner) => work(recordedTransaction(inner, recorder, statement))),
  }
  unrecordedClients.set(client, { unsafe: send })
  // Bun makes this client for the one transaction, so nobody else sees it changed.
  return Object.assign(client, recorded)
}
