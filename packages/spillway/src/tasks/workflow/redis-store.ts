/** Workflows on Redis: a hash each. @module */
import type { Cluster, Redis } from 'ioredis'
import type { Plan, PlannedStep } from './plan.ts'
import {
  type Settled,
  type Standing,
  type StepFailure,
  type StepResult,
  type StepState,
  type TakenStep,
  type WorkflowStore,
  workflowsKeptDays,
} from './store.ts'

/**
 * Its fields: `brief`; of each step `s<n>` what never changes, `i<n>` its input, `l<n>` how many of its parts are left,
 * `r<n>` its result once it is done; `failures` by the steps' numbers; and some marks. What has gone
 * is not written to: it would come back as a hash without a plan, and without an end.
 */
const scripts = {
  /** @returns the step, what is left of its parent, and the parent. */
  settleStep: `
    local step = redis.call('HGET', KEYS[1], 's' .. ARGV[1])
    if not step then return nil end
    local parent = cjson.decode(step).parent
    local isNew = redis.call('HSETNX', KEYS[1], 'r' .. ARGV[1], ARGV[2]) == 1
    if not parent then return { step } end
    if isNew then redis.call('HINCRBY', KEYS[1], 'l' .. parent, -1) end
    return { step, redis.call('HGET', KEYS[1], 'l' .. parent), redis.call('HGET', KEYS[1], 's' .. parent) }`,
  setStanding: `
    if redis.call('HEXISTS', KEYS[1], 'brief') == 0 then return 0 end
    return redis.call('HSET', KEYS[1], unpack(ARGV))`,
  /** @returns 0 when no failures are left. */
  failStep: `
    if redis.call('HEXISTS', KEYS[1], 'brief') == 0 then return 1 end
    local failures = cjson.decode(redis.call('HGET', KEYS[1], 'failures') or '{}')
    failures[ARGV[1]] = ARGV[2] ~= '' and ARGV[2] or nil
    if next(failures) then
      redis.call('HSET', KEYS[1], 'failures', cjson.encode(failures))
      return 1
    end
    redis.call('HDEL', KEYS[1], 'failures')
    return 0`,
}

type Scripts = Record<keyof typeof scripts, (key: string, ...values: (string | number)[]) => Promise<unknown>>

/** For {@link RedisWorkflows}. */
export function withWorkflowScripts<Client extends Redis | Cluster>(client: Client): Client {
  for (const [name, lua] of Object.entries(scripts)) client.defineCommand(name, { numberOfKeys: 1, lua })
  return client
}

/** Fields that are read or written by one command. */
const batch = 1_000

export class RedisWorkflows implements WorkflowStore {
  readonly #open: () => Promise<Redis | Cluster>
  readonly #prefix: string

  /** @param open has the scripts. @param prefix with the braces that hold the queues in one slot. */
  constructor(open: () => Promise<Redis | Cluster>, prefix: string) {
    this.#open = open
    this.#prefix = prefix
  }

  async open(id: string, { brief, steps }: Plan, delayMs: number): Promise<void> {
    const redis = await this.#open()
    const key = this.#key(id)
    if (await redis.hexists(key, 'brief')) return
    // Somebody else may open it at the same time, and be far ahead: it takes its name when it is whole.
    const draft = `${key}:${crypto.randomUUID()}`
    await redis.hset(draft, { brief: JSON.stringify(brief) })
    await redis.pexpire(draft, delayMs + workflowsKeptDays * 86_400_000)
    for (let at = 0; at < steps.length; at += batch) {
      await redis.hset(draft, Object.fromEntries(steps.slice(at, at + batch).flatMap(fieldsOf)))
    }
    if (!(await redis.renamenx(draft, key))) await redis.unlink(draft)
  }

  async standing(id: string): Promise<Standing | undefined> {
    const fields = ['brief', 'isBegun', 'r0', 'failures', 'toldIn', 'timesFailed']
    const [brief, isBegun, whole, failures, toldIn, timesFailed] = await (await this.#open()).hmget(
      this.#key(id),
      ...fields,
    )
    if (!brief) return undefined
    return {
      brief: JSON.parse(brief),
      isBegun: isBegun === '1',
      isDone: typeof whole === 'string',
      failures: failuresIn(failures),
      ...(toldIn && { toldIn }),
      timesFailed: Number(timesFailed ?? 0),
    }
  }

  outline(id: string, n: number): Promise<StepState[]> {
    return this.#states(id, n, (_) => undefined)
  }

  results(id: string, n: number): Promise<StepState[]> {
    return this.#states(id, n, (result) => JSON.parse(result))
  }

  async take(id: string, n: number): Promise<TakenStep | undefined> {
    const fields = [`s${n}`, `i${n}`, `r${n}`, 'failures']
    const [step, input, result, failures] = await (await this.#open()).hmget(this.#key(id), ...fields)
    if (!step) return undefined
    const { source, takes, key } = JSON.parse(step) as PlannedStep
    return {
      ...(source !== undefined && { source }),
      ...(takes && { takes }),
      ...(key !== undefined && { key }),
      ...(input && { input: JSON.parse(input) }),
      ...(result && { result: JSON.parse(result) }),
      failures: Object.keys(failuresIn(failures)).map(Number),
    }
  }

  async settle(id: string, n: number, result?: StepResult): Promise<Settled | undefined> {
    const answer = await (await this.#scripts()).settleStep(this.#key(id), n, JSON.stringify(result ?? null))
    if (!answer) return undefined
    const [step, left, parent] = answer as [string, string?, string?]
    const { end } = JSON.parse(step) as PlannedStep
    if (!parent) return { end }
    const { n: number, kind } = JSON.parse(parent) as PlannedStep
    // A task has no parts.
    return { end, parent: { n: number, kind: kind as 'chain' | 'group', left: Number(left) } }
  }

  async begun(id: string): Promise<void> {
    await (await this.#scripts()).setStanding(this.#key(id), 'isBegun', 1)
  }

  async fail(id: string, n: number, failure: StepFailure): Promise<void> {
    await (await this.#scripts()).failStep(this.#key(id), n, JSON.stringify(failure))
  }

  async told(id: string, attempt: string): Promise<void> {
    const times = Number(await (await this.#open()).hget(this.#key(id), 'timesFailed'))
    await (await this.#scripts()).setStanding(this.#key(id), 'toldIn', attempt, 'timesFailed', times + 1)
  }

  async heal(id: string, n: number): Promise<boolean> {
    return (await (await this.#scripts()).failStep(this.#key(id), n, '')) === 0
  }

  async resume(id: string): Promise<void> {
    await (await this.#open()).hdel(this.#key(id), 'failures', 'toldIn')
  }

  async progress(id: string): Promise<{ done: number; total: number } | undefined> {
    const tasks = (await this.outline(id, 0)).filter(({ kind }) => kind === 'task')
    if (tasks.length === 0) return undefined
    return { done: tasks.filter(({ isDone }) => isDone).length, total: tasks.length }
  }

  async forget(id: string): Promise<void> {
    await (await this.#open()).unlink(this.#key(id))
  }

  async forgetOld(): Promise<void> {
    // Each has an end of its own.
  }

  async #states(id: string, n: number, read: (result: string) => StepResult | undefined): Promise<StepState[]> {
    const redis = await this.#open()
    const key = this.#key(id)
    const first = await redis.hget(key, `s${n}`)
    if (!first) return []
    const { end } = JSON.parse(first) as PlannedStep
    const states: StepState[] = []
    for (let from = n; from < end; from += batch) {
      const numbers = Array.from({ length: Math.min(batch, end - from) }, (_, index) => from + index)
      const steps = await redis.hmget(key, ...numbers.map((number) => `s${number}`))
      const results = await redis.hmget(key, ...numbers.map((number) => `r${number}`))
      // It was forgotten in between.
      if (steps.includes(null)) return []
      for (const [index, step] of steps.entries()) {
        const text = results[index]
        const result = typeof text === 'string' ? read(text) : undefined
        states.push({ ...JSON.parse(step!), isDone: typeof text === 'string', ...(result && { result }) })
      }
    }
    return states
  }

  #key(id: string): string {
    return `${this.#prefix}:workflow:${id}`
  }

  async #scripts(): Promise<Scripts> {
    // `withWorkflowScripts` has added a method for each script, which the client's type can't tell.
    return (await this.#open()) as unknown as Scripts
  }
}

function fieldsOf({ input, parts, ...step }: PlannedStep): [string, string | number][] {
  const { n } = step
  return [
    [`s${n}`, JSON.stringify(step)],
    ...(input === undefined ? [] : [[`i${n}`, JSON.stringify(input)] satisfies [string, string]]),
    ...(parts === 0 ? [] : [[`l${n}`, parts] satisfies [string, number]]),
  ]
}

function failuresIn(text: string | null | undefined): Record<number, StepFailure> {
  const failures = Object.entries(JSON.parse(text || '{}') as Record<string, string>)
  return Object.fromEntries(failures.map(([n, failure]) => [Number(n), JSON.parse(failure)]))
}
