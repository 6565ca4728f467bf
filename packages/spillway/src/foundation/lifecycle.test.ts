import { describe, expect, test } from 'bun:test'
import { type Part, startParts } from './lifecycle.ts'

/** Parts that write down what happens to them. */
function recorder(failing: { start?: string; stop?: string[] } = {}) {
  const story: string[] = []
  const part = (name: string): Part => ({
    name,
    start: async () => {
      if (name === failing.start) throw new Error(`${name} does not start`)
      story.push(`start ${name}`)
    },
    stop: async () => {
      story.push(`stop ${name}`)
      if (failing.stop?.includes(name)) throw new Error(`${name} does not stop`)
    },
  })
  return { story, parts: ['a', 'b', 'c'].map(part) }
}

describe('parts', () => {
  test('start in order and stop in reverse', async () => {
    const { story, parts } = recorder()
    const stop = await startParts(parts)
    expect(story).toEqual(['start a', 'start b', 'start c'])
    await stop()
    expect(story.slice(3)).toEqual(['stop c', 'stop b', 'stop a'])
  })

  test('stop once, however often they are told', async () => {
    const { story, parts } = recorder()
    const stop = await startParts(parts)
    await stop()
    await stop()
    expect(story).toHaveLength(6)
  })

  test('that have started are stopped when a later one fails, whose error is thrown', async () => {
    const { story, parts } = recorder({ start: 'c', stop: ['b'] })
    await expect(startParts(parts)).rejects.toThrow('c does not start')
    expect(story).toEqual(['start a', 'start b', 'stop b', 'stop a'])
  })

  test('each get their chance to stop; the first error is thrown', async () => {
    const { story, parts } = recorder({ stop: ['c', 'a'] })
    const stop = await startParts(parts)
    await expect(stop()).rejects.toThrow('c does not stop')
    expect(story.slice(3)).toEqual(['stop c', 'stop b', 'stop a'])
  })
})
