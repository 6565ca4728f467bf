/** What every bus must do. @module */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Bus, Notice } from '../cache/index.ts'
import { until } from './until.ts'

export interface OpenedBuses {
  /** Three that hear each other, as three processes have them. */
  buses: [Bus, Bus, Bus]
  /** Resolves when they do. */
  ready(): Promise<void>
  /** Sees to it that they miss something. */
  interrupt(): Promise<void>
  close(): Promise<void>
}

interface Heard {
  notices: Notice[]
  gaps: string[]
}

/**
 * Runs the suite.
 *
 * @example
 * busSuite('the SQLite bus', async () => ({ buses: [open(), open(), open()], ready, interrupt, close }))
 */
export function busSuite(name: string, open: () => Promise<OpenedBuses>): void {
  describe(name, () => {
    let opened: OpenedBuses
    let heard: Heard[]
    beforeAll(async () => {
      opened = await open()
      heard = opened.buses.map((bus) => {
        const kept: Heard = { notices: [], gaps: [] }
        bus.subscribe(
          (notice) => kept.notices.push(notice),
          (reason) => kept.gaps.push(reason),
        )
        return kept
      })
      await opened.ready()
      for (const { gaps } of heard) gaps.length = 0
    })
    afterAll(() => opened?.close())

    const heardIn = (index: number, prefix: string) =>
      heard[index]!.notices.flatMap(({ keys = [] }) => keys).filter((key) => key.startsWith(prefix))

    test('notices reach all others, and not their sender', async () => {
      const notice: Notice = { keys: ['own:1', 'own: {}\n"2"'], tags: ['상품:1'], filled: ['f'] }
      await opened.buses[0].publish(notice)
      await until(() => heard[1]!.notices.length > 0 && heard[2]!.notices.length > 0, { what: 'the notice to arrive' })
      expect(heard[1]!.notices).toEqual([notice])
      expect(heard[2]!.notices).toEqual([notice])
      // What the others answer comes after what came back of our own, if anything did.
      await opened.buses[1].publish({ keys: ['answer'] })
      await until(() => heardIn(0, 'answer').length === 1)
      expect(heardIn(0, 'own')).toEqual([])
    })

    test('each sender is heard in its order, each notice once', async () => {
      const count = 300
      const send = async (index: number) => {
        for (let number = 0; number < count; number++) {
          const sent = opened.buses[index]!.publish({ keys: [`from${index}:${number}`] })
          if (number % 10 === 0) await sent
        }
      }
      await Promise.all([send(0), send(1)])
      const expected = (index: number) => Array.from({ length: count }, (_, number) => `from${index}:${number}`)
      await until(() => heardIn(2, 'from').length >= 2 * count, { what: 'all notices to arrive' })
      expect(heardIn(2, 'from0')).toEqual(expected(0))
      expect(heardIn(2, 'from1')).toEqual(expected(1))
      expect(heard.map(({ gaps }) => gaps)).toEqual([[], [], []])
    })

    test('who may have missed something is told so, and hears what comes after', async () => {
      await opened.interrupt()
      await until(() => heard[2]!.gaps.length > 0, { what: 'the gap to be noticed' })
      const hears = async () => {
        await opened.buses[0].publish({ keys: ['afterwards'] })
        return heardIn(2, 'afterwards').length > 0
      }
      await until(hears, { what: 'the notices after the gap' })
    })
  })
}
