/** What every scaling driver must do. @module */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { ScalingDriver } from './scaling-driver.ts'

export interface OpenedDriver {
  driver: ScalingDriver
  /** Resolves when so many workers really run, whatever the driver says; rejects when they don't in time. */
  runs(count: number): Promise<unknown>
  /** Sets the number behind the driver's back, where that can be done. */
  scaleElsewhere?(count: number): Promise<void>
  /** Whether the workers are gone after `stop`. */
  stopEndsWorkers: boolean
  close(): Promise<void>
}

/**
 * Runs the suite. The driver begins without workers.
 *
 * @example
 * scalingDriverSuite('the print driver', async () => ({ driver, runs, stopEndsWorkers: false, close }))
 */
export function scalingDriverSuite(name: string, open: () => Promise<OpenedDriver>): void {
  describe(name, () => {
    let opened: OpenedDriver
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened?.close())

    const runs = (count: number) => opened.runs(count)
    const scaleTo = async (count: number, idle?: string[]) => {
      await opened.driver.scaleTo(count, idle && { idle })
      expect(await opened.driver.current()).toBe(count)
    }

    test('has a name and begins with none', async () => {
      expect(opened.driver.name).toMatch(/^[a-z-]+$/)
      expect(await opened.driver.current()).toBe(0)
    })

    test('says the new number at once, and has it soon, up and down', async () => {
      for (const count of [1, 4, 2]) {
        await scaleTo(count)
        await runs(count)
      }
    })

    test('does nothing for the number that there is', async () => {
      await scaleTo(2)
      await runs(2)
    })

    test('takes idle workers that it does not know for a hint only', async () => {
      await scaleTo(1, ['of-another-host:1', ''])
      await runs(1)
    })

    test('ends at the last of many numbers', async () => {
      for (const count of [5, 0, 3, 1, 3]) await opened.driver.scaleTo(count)
      expect(await opened.driver.current()).toBe(3)
      await runs(3)
    })

    test('goes down to none and up again', async () => {
      await scaleTo(0)
      await runs(0)
      await scaleTo(1)
      await runs(1)
    })

    test('sees what somebody else has changed', async () => {
      if (!opened.scaleElsewhere) return
      await opened.scaleElsewhere(7)
      expect(await opened.driver.current()).toBe(7)
      await scaleTo(2)
      await runs(2)
    })

    test('stops, also twice', async () => {
      await scaleTo(2)
      await runs(2)
      await Promise.all([opened.driver.stop(), opened.driver.stop()])
      await opened.driver.stop()
      await runs(opened.stopEndsWorkers ? 0 : 2)
    })
  })
}
