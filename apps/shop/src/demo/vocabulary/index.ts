/** Everything that the demo shop sells, in words. @module */
import { audio } from './audio.ts'
import { bags } from './bags.ts'
import { bathAndBeauty } from './bath-and-beauty.ts'
import { bikes } from './bikes.ts'
import { booksAndStationery } from './books-and-stationery.ts'
import { clothing } from './clothing.ts'
import { coffeeAndTea } from './coffee-and-tea.ts'
import { deskAndOffice } from './desk-and-office.ts'
import { furniture } from './furniture.ts'
import { kitchen } from './kitchen.ts'
import { lighting } from './lighting.ts'
import { outdoor } from './outdoor.ts'
import { plantsAndGarden } from './plants-and-garden.ts'
import { shoes } from './shoes.ts'
import { toys } from './toys.ts'
import type { Department } from './words.ts'

/** In the order of the menu. */
export const departments: readonly Department[] = [
  kitchen,
  coffeeAndTea,
  furniture,
  lighting,
  plantsAndGarden,
  clothing,
  shoes,
  bags,
  audio,
  deskAndOffice,
  booksAndStationery,
  bathAndBeauty,
  outdoor,
  bikes,
  toys,
]
