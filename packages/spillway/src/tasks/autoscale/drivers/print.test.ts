import { expect, test } from 'bun:test'
import { until } from '../../../testing/until.ts'
import { PrintDriver } from './print.ts'
import { scalingDriverSuite } from './scaling-driver-suite.ts'

scalingDriverSuite('the print driver, read by somebody who obeys', async () => {
  let count = 0
  const obey = (line: string) => {
    count = Number(/for (\d+) workers/.exec(line)?.[1])
  }
  const driver = new PrintDriver({ print: obey })
  return {
    driver,
    runs: (wanted) => until(() => count === wanted),
    stopEndsWorkers: false,
    close: async () => undefined,
  }
})

test('the print driver names those that should go', async () => {
  const lines: string[] = []
  const driver = new PrintDriver({ print: (line) => lines.push(line), workers: 3 })
  await driver.scaleTo(5)
  await driver.scaleTo(5)
  await driver.scaleTo(4, { idle: ['a:1', 'b:2'] })
  await driver.scaleTo(2)
  expect(lines).toEqual(['Start 2, for 5 workers.', 'Stop 1, for 4 workers; idle: a:1.', 'Stop 2, for 2 workers.'])
})
