import { expect, test } from 'bun:test'
import { until } from '../testing/until.ts'
import { runningProcesses } from './processes.ts'

const find = (pid: number) => runningProcesses().find((one) => one.pid === pid)

test('a child is listed with its arguments while it runs, and not when it has ended', async () => {
  const child = Bun.spawn(['sleep', '98.76'])
  await until(() => find(child.pid)?.command.includes('sleep 98.76'), { what: 'the child in the list' })
  child.kill()
  await until(() => !find(child.pid), { what: 'the child to leave the list' })
})

test('a zombie is not listed', async () => {
  // The shell replaces itself with a program that never asks for the child's end.
  const parent = Bun.spawn(['sh', '-c', 'sleep 0.05 & echo $!; exec sleep 100'], { stdout: 'pipe' })
  const { value } = await parent.stdout.getReader().read()
  const pid = Number.parseInt(new TextDecoder().decode(value), 10)
  await until(() => !find(pid), { what: 'the zombie to leave the list' })
  expect(() => process.kill(pid, 0)).not.toThrow()
  parent.kill()
  await parent.exited
})
