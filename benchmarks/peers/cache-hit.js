/** A hit in the process, as each cache answers its main call: `bun cache-hit.js <name>`. */
import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import { Cacheable } from 'cacheable'
import { measureLoop } from '../cache-loop.ts'
import { productAt } from '../cache-product.ts'

const open = {
  bentocache() {
    const store = bentostore().useL1Layer(memoryDriver({ maxSize: '64mb' }))
    const cache = new BentoCache({ default: 'main', stores: { main: store } })
    return (key) =>
      cache.getOrSet({ key: `product:${key}`, factory: () => productAt(key), ttl: '1h', tags: [`product:${key}`] })
  },
  cacheable() {
    const cache = new Cacheable()
    return (key) => cache.getOrSet(`product:${key}`, async () => productAt(key), { ttl: '1h' })
  },
}

const read = open[process.argv[2]]()
for (let key = 0; key < 1_000; key++) await read(key)
console.log(JSON.stringify(await measureLoop({ keys: 1_000, callers: 1, warmUps: 50, sweeps: 100, open: () => read })))
process.exit(0)
