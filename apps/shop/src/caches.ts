/** What the shop remembers, and for how long: in this process, behind that in the tier that all processes share. @module */
import { defineCaches } from 'spillway/cache'

/** Seconds. Most of it lives long because its tags end it when a row changes; see `catalog/changes.ts`. */
export const caches = defineCaches({
  strategies: {
    product: { ttl: 21_600, grace: 3_600 },
    basics: { ttl: 3_600 },
    related: { ttl: 1_800 },
    reviews: { ttl: 600 },
  },
})
