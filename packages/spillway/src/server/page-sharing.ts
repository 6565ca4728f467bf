/**
 * Web workers offer the pages they render to their siblings, so that a page is a hit in all of them.
 *
 * Only as far as it is cheap: what is over the budget each worker renders for itself.
 *
 * @module
 */
import type { SharedPage } from '../http/index.ts'

const pagesPerSecondMax = 200
const bodyMaxBytes = 131_072

/** A function that sends pages within the budget and drops the rest. */
export function offerPages(send: (page: SharedPage) => void): (page: SharedPage) => void {
  let second = 0
  let sent = 0
  return (page) => {
    const now = Math.floor(Date.now() / 1_000)
    if (now !== second) {
      second = now
      sent = 0
    }
    if (page.body.byteLength > bodyMaxBytes || ++sent > pagesPerSecondMax) return
    send(page)
  }
}
