/** How each server is started. Peers are told their bytes and their database through the environment. */
import { join } from 'node:path'
import { peersFolder, repositoryFolder } from './paths.ts'
import type { ServerPlan } from './server.ts'
import type { PeerServer, StoreServer } from './subjects.ts'

/** Bytes and type of an answer of the store, for a bare server to give. */
export interface Answer {
  bodyFile: string
  contentType: string
}

export interface FromStore {
  api: Answer
  page: Answer | undefined
  replicaUrl: string
}

export const spillway = [process.execPath, join(repositoryFolder, 'packages/spillway/bin/spillway.ts')]

const storeSettings: Record<StoreServer, Record<string, string>> = {
  store: { WEB_WORKERS: '1' },
  'store-uncached': { WEB_WORKERS: '1', PAGE_CACHE: 'off', CACHE: 'off' },
  'store-2-workers': { WEB_WORKERS: '2' },
}

/** The first start makes a database and fills it with demo data, hence the long time to become ready. */
export function storePlan(name: StoreServer, dataFolder: string): ServerPlan {
  return {
    name,
    command: [...spillway, 'start', 'apps/shop'],
    // What is measured is what the load asks for.
    env: { ...storeSettings[name], CACHE_WARMING: 'off', DATA_DIR: dataFolder },
    readyPath: '/readyz',
    readyWithinMs: 300_000,
  }
}

export function peerPlan(name: PeerServer, store: FromStore, readyPath: string): ServerPlan {
  return {
    name,
    command: command(name),
    env: { NODE_ENV: 'production', ...peerSettings(name, store) },
    readyPath,
    readyWithinMs: 30_000,
  }
}

function command(name: PeerServer): readonly string[] {
  switch (name) {
    case 'bun':
    case 'bun-looks':
    case 'bun-page':
    case 'bun-2-processes':
      return [process.execPath, join(peersFolder, 'bun-serve.ts')]
    case 'hono-sql':
      return [process.execPath, join(peersFolder, 'hono-sql.ts')]
    case 'fastify':
    case 'express':
    case 'fastify-pg':
      return ['node', join(peersFolder, `${name}.js`)]
  }
}

function peerSettings(name: PeerServer, store: FromStore): Record<string, string> {
  switch (name) {
    case 'bun':
    case 'fastify':
    case 'express':
      return fixed(store.api)
    case 'bun-looks':
      return { ...fixed(store.api), LOOKS: '1' }
    case 'bun-page':
      if (!store.page) throw new Error('The page of the store was not fetched')
      return fixed(store.page)
    case 'bun-2-processes':
      return { ...fixed(store.api), PROCESSES: '2', REUSE_PORT: '1' }
    case 'hono-sql':
    case 'fastify-pg':
      return { DATABASE_URL: store.replicaUrl }
  }
}

function fixed({ bodyFile, contentType }: Answer): Record<string, string> {
  return { BODY_FILE: bodyFile, CONTENT_TYPE: contentType }
}
