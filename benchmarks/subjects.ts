/** What is measured: which server, at which path, beside what, and what its answer must look like. */
import type { HeaderSet } from './options.ts'
import { browserHeaders, type Load, plainHeaders } from './wrk.ts'

export type StoreServer = 'store' | 'store-uncached' | 'store-2-workers'
export type PeerServer =
  | 'bun'
  | 'bun-looks'
  | 'bun-page'
  | 'bun-2-processes'
  | 'fastify'
  | 'express'
  | 'hono-sql'
  | 'fastify-pg'

export interface Subject {
  name: string
  label: string
  server: StoreServer | PeerServer
  path: string
  /** What the store's `X-Cache` must say; peers don't have it. */
  cache?: 'hit' | 'none'
}

export interface Group {
  name: string
  title: string
  explanation: string
  /** Name of the subject that counts as 1. */
  base: string
  subjects: readonly Subject[]
  load: Load
  /** Each request must read the database: counted before anything is measured. */
  readsDatabase?: true
}

/** Groups that one running store serves; stages follow one another, so that only one store runs at a time. */
export interface Stage {
  store: StoreServer
  groups: readonly Group[]
}

export function isPeer(server: StoreServer | PeerServer): server is PeerServer {
  return !server.startsWith('store')
}

export const apiPath = '/api/products/42'
export const pagePath = '/products/42'

const bun: Subject = { name: 'bun', label: 'bare `Bun.serve`', server: 'bun', path: apiPath }
const bunLooks: Subject = {
  name: 'bun-looks',
  label: '`Bun.serve` that looks',
  server: 'bun-looks',
  path: apiPath,
}
const fastify: Subject = { name: 'fastify', label: 'bare Fastify', server: 'fastify', path: apiPath }
const express: Subject = { name: 'express', label: 'bare Express', server: 'express', path: apiPath }
const storeApi: Subject = {
  name: 'store-api',
  label: '**store, cached API**',
  server: 'store',
  path: apiPath,
  cache: 'hit',
}

const oneProcess = (headers: HeaderSet): Load => ({
  threads: 1,
  connections: 64,
  headers: headers === 'browser' ? browserHeaders : plainHeaders,
})

const cached: Group = {
  name: 'cached',
  title: 'Cached product API',
  explanation:
    'The bare servers answer the same bytes with a content type and nothing else. The one that looks reads the address and three request headers and answers with the headers of the store, as a plain handler with a map would.',
  base: 'bun',
  subjects: [bun, bunLooks, storeApi, fastify, express],
  load: oneProcess('plain'),
}

const cachedForBrowsers: Group = {
  name: 'cached-browser',
  title: 'Cached product API, asked with the headers of a browser',
  explanation:
    'As above, and each request carries the eight headers that Chrome sends. The store answers with brotli, the bare servers ignore them and answer as above.',
  base: 'bun',
  subjects: [bun, bunLooks, storeApi, fastify],
  load: oneProcess('browser'),
}

const page: Group = {
  name: 'page',
  title: 'Cached product page',
  explanation: 'Beside bare `Bun.serve` with the bytes of the page.',
  base: 'bun-page',
  subjects: [
    { name: 'bun-page', label: 'bare `Bun.serve`', server: 'bun-page', path: pagePath },
    { name: 'store-page', label: '**store, cached page**', server: 'store', path: pagePath, cache: 'hit' },
  ],
  load: oneProcess('plain'),
}

const uncached: Group = {
  name: 'uncached',
  title: 'Product API without the page cache, read by primary key',
  explanation: 'All run the same SQL against the same replica, with 10 connections at most.',
  base: 'hono-sql',
  subjects: [
    { name: 'hono-sql', label: 'bare Hono on Bun, Bun SQL', server: 'hono-sql', path: apiPath },
    { name: 'store-uncached', label: '**store, uncached**', server: 'store-uncached', path: apiPath, cache: 'none' },
    { name: 'fastify-pg', label: 'Fastify, `pg` pool', server: 'fastify-pg', path: apiPath },
  ],
  load: oneProcess('plain'),
  readsDatabase: true,
}

const bothCores: Group = {
  name: 'two-processes',
  title: 'Cached product API, two processes that share the port',
  explanation: 'The load generator competes with them for the same cores.',
  base: 'bun-2',
  subjects: [
    { name: 'bun-2', label: 'bare `Bun.serve`, 2 processes', server: 'bun-2-processes', path: apiPath },
    { name: 'store-2', label: '**store, `WEB_WORKERS=2`**', server: 'store-2-workers', path: apiPath, cache: 'hit' },
  ],
  load: { ...oneProcess('plain'), connections: 128 },
}

const stages: readonly Stage[] = [
  { store: 'store', groups: [cached, cachedForBrowsers, page] },
  { store: 'store-uncached', groups: [uncached] },
  { store: 'store-2-workers', groups: [bothCores] },
]

/** The stages with what was asked for, and with the base of each group that is left. */
export function selectStages(only: readonly string[], headers: readonly HeaderSet[]): readonly Stage[] {
  const known = stages.flatMap(({ groups }) => groups.flatMap(({ subjects }) => subjects.map(({ name }) => name)))
  const unknown = only.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no subject ${unknown.join(', ')}; there are ${[...new Set(known)].join(', ')}`)
  }
  const isAsked = (name: string) => only.length === 0 || only.includes(name)
  return stages
    .map(({ store, groups }) => ({
      store,
      groups: groups
        .filter((group) => headers.includes(group === cachedForBrowsers ? 'browser' : 'plain'))
        .filter((group) => group.subjects.some(({ name }) => isAsked(name)))
        .map((group) => ({
          ...group,
          subjects: group.subjects.filter(({ name }) => name === group.base || isAsked(name)),
        })),
    }))
    .filter(({ groups }) => groups.length > 0)
}
