import { afterEach, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { until } from '../testing/until.ts'
import { runningProcesses } from './processes.ts'
import { startTether } from './tether.ts'

const started: number[] = []
afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
})

describe('a tether', () => {
  test('ends what it holds when its process is killed, and only that', async () => {
    const { holder, pids } = await startHolder(`
      print({ held: hold('SIGTERM', 'exec sleep 100'), released: release('exec sleep 100') })`)
    holder.kill('SIGKILL')
    await until(() => !isAlive(pids.held), { what: 'the held child to end' })
    expect(isAlive(pids.released)).toBe(true)
  })

  test('kills what ignores the signal, after the grace', async () => {
    const { holder, pids, said } = await startHolder(
      `print({ deaf: hold('SIGINT', 'trap "" INT; echo trapped; while :; do sleep 1; done') })`,
    )
    await said('trapped')
    holder.kill('SIGKILL')
    await holder.exited
    expect(isAlive(pids.deaf)).toBe(true)
    await until(() => !isAlive(pids.deaf), { what: 'the deaf child to be killed' })
  })

  test('sends the signal that was asked for', async () => {
    const { holder, pids, said, output } = await startHolder(
      `print({ child: hold('SIGINT', 'trap "echo got INT; exit" INT; trap "echo got TERM; exit" TERM; echo trapped; while :; do sleep 0.05; done') })`,
    )
    await said('trapped')
    holder.kill('SIGKILL')
    await until(() => !isAlive(pids.child), { what: 'the child to end' })
    expect(await output()).toContain('got INT')
  })

  test('is out of reach of a Ctrl-C in the terminal', async () => {
    const { holder, pids } = await startHolder(`print({ held: hold('SIGTERM', 'exec sleep 100') })`)
    // What a terminal does: the signal goes to the whole group of the program in front.
    process.kill(-holder.pid, 'SIGINT')
    await holder.exited
    await until(() => !isAlive(pids.held), { what: 'the held child to end' })
  })

  test('gets a new watcher when somebody kills the first', async () => {
    const { holder, pids } = await startHolder(`print({ held: hold('SIGTERM', 'exec sleep 100') })`)
    const [watcher] = await until(() => nonEmpty(watchersOf(holder.pid)), { what: 'the watcher' })
    process.kill(watcher, 'SIGKILL')
    await until(() => nonEmpty(watchersOf(holder.pid).filter((pid) => pid !== watcher)), { what: 'the new watcher' })
    holder.kill('SIGKILL')
    await until(() => !isAlive(pids.held), { what: 'the held child to end' })
  })

  test('ends with stop, together with what is still held', async () => {
    const before = watchersOf(process.pid)
    const tether = startTether({ graceMs: 500 })
    const child = Bun.spawn(['sleep', '100'])
    const other = Bun.spawn(['sleep', '100'])
    started.push(child.pid, other.pid)
    tether.hold(child.pid, 'SIGTERM')
    tether.hold(other.pid, 'SIGTERM')()
    await tether.stop()
    await child.exited
    expect(child.signalCode).toBe('SIGTERM')
    expect(isAlive(other.pid)).toBe(true)
    expect(watchersOf(process.pid)).toEqual(before)
  })
})

/** A process with a tether that runs `code`, prints the pids it started and then waits. */
async function startHolder(code: string) {
  const holder = Bun.spawn([process.execPath, '-e', holderCode(code)], { stdout: 'pipe', detached: true })
  started.push(holder.pid)
  const reader = holder.stdout.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const said = async (what: string) => {
    while (!text.includes(what)) text += (await reader.read()).value ?? ''
  }
  await said('}\n')
  const pids = JSON.parse(text.match(/^{.*}$/m)![0])
  started.push(...Object.values<number>(pids))
  const output = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value
    return text
  }
  return { holder, pids, said, output }
}

const holderCode = (code: string) => `
  import { startTether } from ${JSON.stringify(join(import.meta.dir, 'tether.ts'))}
  const tether = startTether({ graceMs: 700 })
  const spawn = (script) => Bun.spawn(['sh', '-c', script], { detached: true, stdout: 'inherit' }).pid
  const hold = (signal, script) => {
    const pid = spawn(script)
    tether.hold(pid, signal)
    return pid
  }
  const release = (script) => {
    const pid = spawn(script)
    tether.hold(pid, 'SIGTERM')()
    return pid
  }
  const print = (pids) => console.log(JSON.stringify(pids))
  ${code}
  setInterval(() => {}, 1000)`

function isAlive(pid: number): boolean {
  return runningProcesses().some((one) => one.pid === pid)
}

/** Not the subshells that they start for a moment, which look the same. */
function watchersOf(pid: number): number[] {
  return runningProcesses()
    .filter((one) => one.command.includes(`spillway-tether ${pid} `) && parentOf(one.pid) === pid)
    .map((one) => one.pid)
}

const parentOf = (pid: number) => Number(Bun.spawnSync(['ps', '-o', 'ppid=', '-p', String(pid)]).stdout.toString())

function nonEmpty<Item>(list: Item[]): [Item, ...Item[]] | undefined {
  const [first, ...rest] = list
  return first === undefined ? undefined : [first, ...rest]
}
