import { join } from 'node:path'

export const repositoryFolder = join(import.meta.dir, '..')
export const peersFolder = join(import.meta.dir, 'peers')
