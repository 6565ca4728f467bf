/** The shop as one value: what `spillway start apps/shop` runs. @module */
import { Hono } from 'hono'
import { defineApp } from 'spillway'
import { wholeNumber } from 'spillway/foundation'
import { z } from 'zod'
import { api } from './api/index.ts'
import { caches } from './caches.ts'
import { database } from './database.ts'
import { seedDemoData } from './demo/seed.ts'
import { media } from './media.ts'
import { errorPage, pages } from './pages/index.tsx'
import { schedules } from './schedules.ts'
import { tasks } from './tasks.ts'
import { warmers } from './warmers.ts'

const settings = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
    .optional()
    .meta({ description: 'where the shop lives, for links that must be absolute', example: 'https://shop.example' }),
  DEMO_SCALE: wholeNumber(1, { min: 1, max: 100, description: 'size of the demo data; 1 is 10,000 products' }),
})

export default defineApp({
  name: 'shop',
  settings,
  databases: [database],
  caches,
  warmers,
  tasks,
  schedules,
  http: new Hono().route('/', api).route('/', media).route('/', pages),
  errorPage,
  seed: {
    description: 'a shop to try: products, reviews, customers, orders',
    run: ({ sql, settings, progress, replace }) => seedDemoData({ sql, scale: settings.DEMO_SCALE, progress, replace }),
  },
  links: [
    { label: 'Store', path: '/' },
    { label: 'API', path: '/api/products' },
  ],
})
