import { describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../../testing/until.ts'
import { certificate, KubernetesApi, status } from '../fixtures/kubernetes-api.ts'
import { KubernetesDriver, type KubernetesOptions } from './kubernetes.ts'
import { clusterFrom } from './kubernetes-cluster.ts'
import { scalingDriverSuite } from './scaling-driver-suite.ts'

function driverAt(api: KubernetesApi, options: Partial<KubernetesOptions> = {}): KubernetesDriver {
  const cluster = { apiUrl: api.url, token: () => api.token, ca: certificate, namespace: 'shop' }
  const patience = { attempts: 3, firstPauseMs: 1, timeoutMs: 300 }
  return new KubernetesDriver({ workload: 'deployment/workers', cluster, patience, ...options })
}

const failure = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error)

scalingDriverSuite('the Kubernetes driver', async () => {
  const api = new KubernetesApi()
  return {
    driver: driverAt(api),
    runs: (count) => until(() => api.replicas === count),
    scaleElsewhere: async (count) => {
      api.replicas = count
    },
    stopEndsWorkers: false,
    close: () => api[Symbol.asyncDispose](),
  }
})

describe('the Kubernetes driver', () => {
  test('touches nothing but the scale of its workload', async () => {
    await using api = new KubernetesApi()
    const driver = driverAt(api)
    await driver.scaleTo(4)
    await driver.current()
    await failure(driverAt(api, { workload: 'StatefulSet/mail', namespace: 'other' }).current())
    expect(api.asked).toEqual([
      'PATCH /apis/apps/v1/namespaces/shop/deployments/workers/scale',
      'GET /apis/apps/v1/namespaces/shop/deployments/workers/scale',
      'GET /apis/apps/v1/namespaces/other/statefulsets/mail/scale',
    ])
  })

  test.each([
    ['a conflict', status(409, 'the object has been modified')],
    ['too many requests', status(429, 'too many requests', { 'retry-after': '0' })],
    ['a server in trouble', status(503, 'etcd leader changed')],
    ['silence', 'hang' as const],
  ])('tries again after %s', async (_, answer) => {
    await using api = new KubernetesApi()
    api.next.push(answer)
    await driverAt(api).scaleTo(4)
    expect(api.replicas).toBe(4)
    expect(api.asked).toHaveLength(2)
  })

  test('gives up with the cause after some attempts', async () => {
    await using api = new KubernetesApi()
    api.next.push(...Array.from({ length: 3 }, () => status(500, 'etcdserver: request timed out')))
    expect(await failure(driverAt(api).scaleTo(4))).toMatchObject({
      code: 'SCALING_FAILED',
      message: expect.stringContaining('failed 3 times, at last with 500: etcdserver: request timed out'),
      cause: expect.any(Error),
    })
    expect(api.replicas).toBe(0)
  })

  test.each([
    [403, 'deployments.apps "workers" is forbidden', '`patch` of the `scale`'],
    [404, 'deployments.apps "workers" not found', 'kind, name and namespace'],
  ])('does not insist on what is answered with %p', async (code, message, hint) => {
    await using api = new KubernetesApi()
    api.next.push(status(code, message))
    expect(await failure(driverAt(api).scaleTo(4))).toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    })
    expect(api.asked).toHaveLength(1)
  })

  test('does not talk to a server that the CA has not signed for', async () => {
    await using api = new KubernetesApi()
    const cluster = { apiUrl: api.url, token: () => api.token, ca: undefined, namespace: 'shop' }
    expect(await failure(driverAt(api, { cluster }).current())).toMatchObject({
      code: 'SCALING_FAILED',
      message: expect.stringContaining('certificate'),
    })
    expect(api.asked).toEqual([])
  })

  test('says so when nobody is there, or somebody else', async () => {
    const api = new KubernetesApi()
    const driver = driverAt(api)
    api.next.push(...Array.from({ length: 3 }, () => new Response('<html>welcome</html>')))
    expect(await failure(driver.current())).toMatchObject({ code: 'SCALING_FAILED' })
    api.next.push(Response.json([]))
    expect(await failure(driver.current())).toMatchObject({ message: expect.stringContaining('no Scale') })
    await api[Symbol.asyncDispose]()
    expect(await failure(driver.current())).toMatchObject({ hint: expect.stringContaining('reached from here') })
  })

  test('scales Deployments and StatefulSets only', () => {
    for (const workload of ['job/workers', 'workers', 'deployment/', 'deployment/../secrets']) {
      expect(() => driverAt({ url: 'https://api' } as KubernetesApi, { workload })).toThrow("can't be scaled")
    }
  })
})

describe('the cluster', () => {
  test('of a pod is that of its service account, whose token may change', async () => {
    await using api = new KubernetesApi()
    const accountFolder = mkdtempSync(join(tmpdir(), 'spillway-account-'))
    const mount = (name: string, text: string) => writeFileSync(join(accountFolder, name), text)
    mount('namespace', 'shop')
    mount('ca.crt', certificate)
    mount('token', 'first-token\n')
    const { hostname, port } = new URL(api.url)
    const env = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port }
    const driver = new KubernetesDriver({
      workload: 'deployment/workers',
      cluster: clusterFrom({ env, accountFolder }),
    })
    await driver.scaleTo(2)
    api.token = 'second-token'
    mount('token', 'second-token\n')
    expect(await driver.current()).toBe(2)
    rmSync(accountFolder, { recursive: true })
    expect(await failure(driver.current())).toMatchObject({ message: expect.stringContaining("token can't be read") })
  })

  test('can be given', () => {
    const env = { KUBERNETES_API_URL: 'https://k8s.example.com:6443/', KUBERNETES_TOKEN: 'secret' }
    const cluster = clusterFrom({ env, accountFolder: '/nowhere' })
    expect(cluster).toMatchObject({ apiUrl: 'https://k8s.example.com:6443', ca: undefined, namespace: 'default' })
    expect(cluster.token()).toBe('secret')
  })

  test('may have an IPv6 address', () => {
    expect(clusterFrom({ env: { KUBERNETES_SERVICE_HOST: 'fd00::1' } }).apiUrl).toBe('https://[fd00::1]:443')
  })

  test('must be there', () => {
    expect(() => clusterFrom({ env: {} })).toThrow('does not run in Kubernetes')
    expect(() => clusterFrom({ env: { KUBERNETES_API_URL: 'ftp://x' } })).toThrow(`can't be "ftp://x"`)
  })
})
