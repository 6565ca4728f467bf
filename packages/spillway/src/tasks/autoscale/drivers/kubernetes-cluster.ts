/** Where the API of Kubernetes is, and who we are to it. @module */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../../foundation/index.ts'
import { AutoscaleUsageError } from '../errors.ts'

export interface Cluster {
  /** Without a slash at its end. */
  apiUrl: string
  /** Read before each call: the token of a pod is replaced every hour or so. */
  token: () => string
  /** PEM of who signs for the API; undefined for what the system trusts. */
  ca: string | undefined
  /** That of the pod, or `default`. */
  namespace: string
}

interface ClusterOptions {
  env?: Record<string, string | undefined>
  /** What Kubernetes mounts into each pod. */
  accountFolder?: string
}

/**
 * The cluster that this program runs in. `KUBERNETES_API_URL`, `KUBERNETES_TOKEN` and `KUBERNETES_CA_FILE` name another
 * one, or the same to a program outside.
 *
 * @throws {AutoscaleUsageError} when there is none.
 */
export function clusterFrom({
  env = process.env,
  accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount',
}: ClusterOptions = {}): Cluster {
  const inAccount = (name: string) => join(accountFolder, name)
  const optional = (file: string) => (existsSync(file) ? read(file) : undefined)
  const given = env['KUBERNETES_TOKEN']
  return {
    apiUrl: apiUrlIn(env),
    token: () => given ?? read(inAccount('token')).trim(),
    ca: env['KUBERNETES_CA_FILE'] ? read(env['KUBERNETES_CA_FILE']) : optional(inAccount('ca.crt')),
    namespace: optional(inAccount('namespace'))?.trim() || 'default',
  }
}

function apiUrlIn(env: Record<string, string | undefined>): string {
  const given = env['KUBERNETES_API_URL']
  const host = env['KUBERNETES_SERVICE_HOST']
  // An IPv6 address stands in brackets before its port.
  const inCluster =
    host && `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? 443}`
  const url = given ?? inCluster
  if (!url) {
    throw new AutoscaleUsageError(
      'This program does not run in Kubernetes.',
      'Set KUBERNETES_API_URL and KUBERNETES_TOKEN; with `kubectl proxy` the URL is http://127.0.0.1:8001 and any token does.',
    )
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new AutoscaleUsageError(`KUBERNETES_API_URL can't be "${url}".`, 'It begins with https://.')
  }
  return url.replace(/\/+$/, '')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new AutoscaleUsageError(`${file} can't be read: ${messageOf(error)}`, 'Does the pod have a service account?')
  }
}
