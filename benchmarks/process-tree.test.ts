import { expect, test } from 'bun:test'
import { isAlive, parseStat, processTree } from './process-tree.ts'

test('a name with spaces and parentheses does not shift the fields', () => {
  const text = '4242 (bun (web) 1) S 17 4242 4242 0 -1 4194560 1 2 3 4 250 150 0 0 20 0 8 0 987654 1000 200'
  expect(parseStat(text)).toEqual({
    pid: 4242,
    name: 'bun (web) 1',
    parent: 17,
    state: 'S',
    cpuSeconds: 4,
    startedAt: 987654,
  })
})

test.if(process.platform === 'linux')('the tree holds the children of children, until they end', async () => {
  const shell = Bun.spawn(['sh', '-c', 'sh -c "echo ready; read line; true"; true'], { stdin: 'pipe', stdout: 'pipe' })
  await shell.stdout.getReader().read()
  const tree = processTree(shell.pid)
  expect(tree).toHaveLength(2)
  expect(tree.every(isAlive)).toBe(true)
  shell.stdin.end()
  await shell.exited
  expect(tree.some(isAlive)).toBe(false)
})
