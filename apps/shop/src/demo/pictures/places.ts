/** Where goods are used: the third picture. @module */
import { shade } from './colour.ts'
import {
  bench,
  floorboards,
  pegs,
  rug,
  sideboard,
  sideDish,
  tabletop,
  tiles,
  towels,
  wall,
  washstand,
} from './interiors.ts'
import { box, circle, d, FLOOR, type Kit, many, moved, opacity, stroke, turnedBy } from './kit.ts'
import { clouds, hills, meadow, sky } from './landscape.ts'
import { artwork, books, fruit, tallPlant, vase, windowLight } from './props.ts'
import type { Setting, Subject } from './subject.ts'
import { grain, stitches } from './surfaces.ts'

/** Seen from above there is less around a subject, so it is shown larger. */
const LYING = 1.36

/** The subject in its place, among other things. */
export function place(kit: Kit, subject: Subject): string {
  const { setting, isFlat } = subject
  const isLying = isFlat?.[kit.shape] && (setting === 'table' || setting === 'desk')
  const { scenery, x, hangsAt, standsAt, zoom } = isLying ? fromAbove(kit) : PLACES[setting](kit)
  const y = isFlat?.[kit.shape] ? (hangsAt ?? standsAt) : standsAt
  const size = (subject.contextScale ?? 0.7) * (isLying ? LYING : 1)
  const scene = scenery + moved(subject.draw(kit), x - 400 * size, y - FLOOR * size, size)
  return moved(scene, 400 - x * zoom, 800 - 800 * zoom, zoom)
}

interface Place {
  scenery: string
  /** Where the subject stands, and where its foot would be when it hangs. */
  x: number
  standsAt: number
  hangsAt?: number
  /** How near the camera is. */
  zoom: number
}

const PLACES: Record<Setting, (kit: Kit) => Place> = {
  table: (kit) => ({
    scenery:
      wall(kit) +
      windowLight(430, 150) +
      tabletop(kit, kit.wood) +
      vase(kit, 170, 640, shade(kit.accent, 0.1)) +
      sideDish(kit),
    x: 400,
    standsAt: 712,
    zoom: 1.34,
  }),
  desk: (kit) => ({
    scenery:
      wall(kit) +
      windowLight(130, 170) +
      artwork(kit, 500, 230, 150, 190) +
      tabletop(kit, kit.wood) +
      books(kit, 170, 636, [kit.accent, shade(kit.main, -0.2), '#e9e2d3']),
    x: 410,
    standsAt: 712,
    zoom: 1.3,
  }),
  room: (kit) => ({
    scenery:
      wall(kit) +
      artwork(kit, 520, 140, 170, 220) +
      windowLight(110, 120) +
      floorboards(kit) +
      rug(kit) +
      tallPlant(kit, 120, 640),
    x: 420,
    standsAt: 704,
    zoom: 1.1,
  }),
  wall: (kit) => ({
    scenery:
      wall(kit) +
      windowLight(520, 90) +
      sideboard(kit) +
      vase(kit, 180, 600, kit.accent) +
      books(kit, 600, 600, [kit.main, shade(kit.accent, 0.2)]),
    x: 400,
    standsAt: 600,
    hangsAt: 490,
    zoom: 1.1,
  }),
  ceiling: (kit) => ({
    scenery:
      wall(kit) +
      artwork(kit, 80, 190, 150, 190) +
      tabletop(kit, kit.wood) +
      fruit(kit, 430, 690, '#d98b3f') +
      vase(kit, 650, 650, kit.accent),
    x: 400,
    standsAt: 500,
    zoom: 1.08,
  }),
  rail: (kit) => ({
    scenery:
      wall(kit) +
      windowLight(480, 220) +
      floorboards(kit) +
      pegs(kit) +
      bench(kit) +
      books(kit, 610, 646, [kit.accent, shade(kit.main, -0.2)]),
    x: 400,
    standsAt: 501,
    zoom: 1.06,
  }),
  bench: (kit) => ({
    scenery: wall(kit) + windowLight(130, 250) + artwork(kit, 530, 240, 140, 180) + floorboards(kit) + bench(kit),
    x: 390,
    standsAt: 650,
    zoom: 1.3,
  }),
  bath: (kit) => ({
    scenery: tiles(kit) + washstand() + vase(kit, 165, 652, '#efe9de') + towels(kit),
    x: 410,
    standsAt: 700,
    zoom: 1.34,
  }),
  outside: (kit) => ({ scenery: sky(kit) + meadow(), x: 400, standsAt: 700, zoom: 1.14 }),
  sky: (kit) => ({ scenery: sky(kit) + clouds() + hills(660), x: 400, standsAt: 560, zoom: 1 }),
}

/** A table seen from above, for what lies on it. */
function fromAbove(kit: Kit): Place {
  const { wood, accent, main, ornament } = kit
  const planks = many(
    5,
    (index) =>
      grain(0, index * 160, 800, 160, wood, '', 5) + box(0, index * 160, 800, 4, 0, shade(wood, -0.5), opacity(0.5)),
  )
  const light = kit.radial([0.3, 0.2, 0.9], [0, '#fff6dc', 0.5], [1, '#1a1418', 0.2])
  const cloth = box(430, 70, 420, 360, 4, kit.flat(shade(ornament ? main : accent, 0.35)))
  return {
    scenery:
      box(0, 0, 800, 800, 0, kit.flat(wood)) +
      planks +
      turnedBy(
        box(440, 84, 420, 360, 4, '#1a1418', opacity(0.2)) +
          cloth +
          stitches('M446 86H834V414H446Z', shade(accent, -0.2)),
        14,
        640,
        250,
      ) +
      cupFromAbove(kit, 130, 170) +
      box(0, 0, 800, 800, 0, light),
    x: 390,
    standsAt: 670,
    zoom: 1,
  }
}

function cupFromAbove(kit: Kit, x: number, y: number): string {
  const ceramic = shade(kit.main, 0.4)
  return (
    circle(x + 12, y + 14, 112, '#1a1418', opacity(0.22)) +
    circle(x, y, 110, kit.flat(ceramic)) +
    circle(x, y, 76, shade(ceramic, -0.12)) +
    stroke(d`M${x + 62} ${y + 20}l44 22`, shade(ceramic, 0.1), 22) +
    circle(x, y, 70, kit.flat(shade(ceramic, 0.2))) +
    circle(x, y, 60, kit.radial([0.4, 0.35, 0.7], [0, '#8a5836'], [1, '#3a2012'])) +
    stroke(d`M${x - 34} ${y - 22}q20 -24 52 -18`, '#d9ab78', 6, opacity(0.6))
  )
}
