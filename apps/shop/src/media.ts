/** Product pictures. Those of the demo data are drawn here, each a pure function of its address. @module */
import { Hono } from 'hono'
import { cachePage, NotFoundError } from 'spillway/http'
import { parsePictureSlug, productPicture } from './demo/pictures/index.ts'

const weekSeconds = 604_800

export const media = new Hono().get(
  '/media/products/:file{.+\\.svg}',
  cachePage({ ttl: weekSeconds, browserTtl: weekSeconds, sharedTtl: weekSeconds }),
  (c) => {
    const key = parsePictureSlug(c.req.param('file').slice(0, -'.svg'.length))
    if (!key) throw new NotFoundError('There is no such picture.')
    return c.body(productPicture(key), 200, { 'content-type': 'image/svg+xml' })
  },
)
