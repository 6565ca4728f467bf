/** Workers as the pods of a Deployment or StatefulSet. @module */
import { z } from 'zod'
import { AutoscaleUsageError, ScalingFailedError } from '../errors.ts'
import { callKubernetes, type Patience } from './kubernetes-call.ts'
import { type Cluster, clusterFrom } from './kubernetes-cluster.ts'
import type { ScalingDriver } from './scaling-driver.ts'

export interface KubernetesOptions {
  /** `deployment/name` or `statefulset/name`. */
  workload: string
  /** @default that of this pod */
  namespace?: string
  /** @default the one that this program runs in */
  cluster?: Cluster
  patience?: Patience
}

/** A count of 0 is left out of the JSON. */
const scale = z.object({ spec: z.object({ replicas: z.number().default(0) }).default({ replicas: 0 }) })

const plurals: Record<string, string> = { deployment: 'deployments', statefulset: 'statefulsets' }

/**
 * Sets `replicas` through the `scale` subresource, so its account needs no right to change anything else. Kubernetes
 * chooses which pod goes, and gives it `terminationGracePeriodSeconds` to drain.
 *
 * @example
 * new KubernetesDriver({ workload: 'deployment/shop-workers' })
 */
export class KubernetesDriver implements ScalingDriver {
  readonly name = 'kubernetes'
  readonly #cluster: Cluster
  readonly #path: string
  readonly #patience: Patience | undefined

  /** @throws {AutoscaleUsageError} when there is no cluster, or no such kind of workload. */
  constructor({ workload, cluster = clusterFrom(), namespace = cluster.namespace, patience }: KubernetesOptions) {
    const [, kind = '', name = ''] = /^(\w+)\/([a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/.exec(workload) ?? []
    const plural = plurals[kind.toLowerCase()]
    if (!plural) {
      const hint = 'Name it as kubectl does: deployment/workers or statefulset/workers.'
      throw new AutoscaleUsageError(`"${workload}" can't be scaled.`, hint)
    }
    this.#cluster = cluster
    this.#path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${plural}/${name}/scale`
    this.#patience = patience
  }

  async current(): Promise<number> {
    return this.#replicasIn(await callKubernetes(this.#cluster, { method: 'GET', path: this.#path }, this.#patience))
  }

  async scaleTo(count: number): Promise<void> {
    const patch = { spec: { replicas: count } }
    await callKubernetes(this.#cluster, { method: 'PATCH', path: this.#path, patch }, this.#patience)
  }

  async stop(): Promise<void> {
    // The pods are Kubernetes' own and stay.
  }

  #replicasIn(answer: unknown): number {
    const { data, error } = scale.safeParse(answer)
    if (data) return data.spec.replicas
    throw new ScalingFailedError(`${this.#path} answers with something that is no Scale.`, {
      hint: 'Is this the API of Kubernetes?',
      cause: error,
    })
  }
}
