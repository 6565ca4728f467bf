/** Where the pictures are taken: the studio, and the places where things are used. @module */
import { mix, shade } from './colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, moved, opacity, path, stroke, turnedBy } from './kit.ts'
import { artwork, books, fruit, tallPlant, vase, windowLight } from './props.ts'
import type { Setting, Subject } from './subject.ts'
import { grain, scatter, stitches } from './surfaces.ts'

/** A little lower than where subjects are drawn, since most of them are not tall. */
const STUDIO_FLOOR = 652

/** Seamless paper, lit from the upper left. */
export function studio(kit: Kit, subject: Subject): string {
  const zoom = subject.studioZoom?.[kit.shape] ?? 1.14
  return (
    paper(kit, kit.palette.backdrop, subject) +
    moved(subject.draw(kit), 400 - 400 * zoom, STUDIO_FLOOR - FLOOR * zoom, zoom)
  )
}

/** The same light, closer, before a deeper colour. */
export function closeUp(kit: Kit, subject: Subject): string {
  const [x, y, zoom] = subject.focus
  const deep = mix(kit.palette.backdrop, shade(kit.main, 0.35), 0.45)
  return paper(kit, deep, subject) + moved(subject.draw(kit), 400 - x * zoom, 410 - y * zoom, zoom)
}

/** Seen from above there is less around a subject, so it is shown larger. */
const LYING = 1.36

/** The subject in its place, among other things. */
export function place(kit: Kit, subject: Subject): string {
  const { setting, isFlat } = subject
  const isLying = isFlat?.[kit.shape] && (setting === 'table' || setting === 'desk')
  const { scenery, x, y, zoom } = isLying ? fromAbove(kit) : PLACES[setting](kit)
  const size = (subject.contextScale ?? 0.7) * (isLying ? LYING : 1)
  const scene = scenery + moved(subject.draw(kit), x - 400 * size, y - FLOOR * size, size)
  return moved(scene, 400 - x * zoom, 800 - 800 * zoom, zoom)
}

function paper(kit: Kit, colour: string, { isFlat }: Subject): string {
  const sheet = kit.linear(
    [0, 0, 0, 1],
    isFlat?.[kit.shape]
      ? [
          [0, shade(colour, 0.1)],
          [1, shade(colour, -0.07)],
        ]
      : [
          [0, shade(colour, -0.03)],
          [0.66, shade(colour, 0.16)],
          [0.78, shade(colour, -0.06)],
          [1, shade(colour, 0.02)],
        ],
  )
  const lamp = kit.radial(
    [0.34, 0.3, 0.75],
    [
      [0, '#fff', 0.6],
      [1, '#fff', 0],
    ],
  )
  return box(0, 0, 800, 800, 0, sheet) + box(0, 0, 800, 800, 0, lamp)
}

interface Place {
  scenery: string
  /** Where the subject stands. */
  x: number
  y: number
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
    y: 712,
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
    y: 712,
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
    y: 704,
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
    y: 490,
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
    y: 500,
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
    y: 501,
    zoom: 1.06,
  }),
  bench: (kit) => ({
    scenery: wall(kit) + windowLight(130, 250) + artwork(kit, 530, 240, 140, 180) + floorboards(kit) + bench(kit),
    x: 390,
    y: 650,
    zoom: 1.3,
  }),
  bath: (kit) => ({
    scenery: tiles(kit) + shelf() + vase(kit, 165, 652, '#efe9de') + towels(kit),
    x: 410,
    y: 700,
    zoom: 1.34,
  }),
  outside: (kit) => ({ scenery: sky(kit) + meadow(), x: 400, y: 700, zoom: 1.14 }),
  sky: (kit) => ({ scenery: sky(kit) + clouds() + hills(660), x: 400, y: 560, zoom: 1 }),
}

/** A table seen from above, for what lies on it. */
function fromAbove(kit: Kit): Place {
  const { wood, accent, main, ornament } = kit
  const planks = many(
    5,
    (index) =>
      grain(0, index * 160, 800, 160, wood, '', 5) + box(0, index * 160, 800, 4, 0, shade(wood, -0.5), opacity(0.5)),
  )
  const light = kit.radial(
    [0.3, 0.2, 0.9],
    [
      [0, '#fff6dc', 0.5],
      [1, '#1a1418', 0.2],
    ],
  )
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
    y: 670,
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
    circle(
      x,
      y,
      60,
      kit.radial(
        [0.4, 0.35, 0.7],
        [
          [0, '#8a5836'],
          [1, '#3a2012'],
        ],
      ),
    ) +
    stroke(d`M${x - 34} ${y - 22}q20 -24 52 -18`, '#d9ab78', 6, opacity(0.6))
  )
}

function wall(kit: Kit): string {
  const colour = mix(kit.palette.backdrop, kit.main, 0.2)
  return box(
    0,
    0,
    800,
    800,
    0,
    kit.linear(
      [0, 0, 1, 1],
      [
        [0, shade(colour, 0.22)],
        [0.6, colour],
        [1, shade(colour, -0.14)],
      ],
    ),
  )
}

function tabletop(kit: Kit, tone: string): string {
  const lines = many(9, (index) => {
    const y = 622 + index * 15 + scatter(index) * 6
    return stroke(d`M0 ${y}C200 ${y - 6} 520 ${y + 7} 800 ${y}`, shade(tone, -0.35), 1.5, opacity(0.25))
  })
  return (
    box(
      0,
      604,
      800,
      150,
      0,
      kit.linear(
        [0, 0, 1, 0.3],
        [
          [0, shade(tone, 0.24)],
          [0.5, shade(tone, 0.05)],
          [1, shade(tone, -0.16)],
        ],
      ),
    ) +
    lines +
    box(0, 754, 800, 46, 0, kit.down(shade(tone, -0.3))) +
    box(0, 754, 800, 3, 0, '#fff', opacity(0.25))
  )
}

function sideDish(kit: Kit): string {
  return kit.ornament ? fruit(kit, 660, 660, '#d98b3f') : books(kit, 660, 652, [shade(kit.main, -0.15), kit.accent])
}

function floorboards(kit: Kit): string {
  const tone = mix(kit.wood, '#cfae85', 0.5)
  const seams = many(7, (index) =>
    stroke(d`M${-260 + index * 220} 800L${100 + index * 100} 604`, shade(tone, -0.4), 2, opacity(0.35)),
  )
  return (
    box(
      0,
      604,
      800,
      196,
      0,
      kit.linear(
        [0, 0, 0.4, 1],
        [
          [0, shade(tone, -0.06)],
          [1, shade(tone, 0.2)],
        ],
      ),
    ) +
    seams +
    box(0, 582, 800, 24, 0, kit.down('#f4efe6'))
  )
}

function rug(kit: Kit): string {
  const colour = mix(kit.accent, '#efe7da', 0.4)
  return (
    ellipse(420, 706, 330, 66, shade(colour, -0.14)) +
    ellipse(420, 703, 330, 65, colour) +
    ellipse(420, 703, 290, 54, 'none', ` stroke="${shade(kit.main, 0.1)}" stroke-width="5"${opacity(0.6)}`)
  )
}

function sideboard(kit: Kit): string {
  return (
    kit.shadow(400, 806, 360, 20) +
    box(60, 600, 680, 200, 6, kit.flat(kit.wood)) +
    box(60, 600, 680, 12, 5, shade(kit.wood, 0.25)) +
    [290, 512].map((x) => box(x, 626, 3, 174, 0, shade(kit.wood, -0.4), opacity(0.6))).join('') +
    [270, 322, 534].map((x) => circle(x, 700, 8, shade(kit.accent, -0.1))).join('')
  )
}

function pegs(kit: Kit): string {
  return (
    box(70, 128, 660, 9, 4, '#241a16', opacity(0.14)) +
    box(70, 92, 660, 38, 6, kit.down(kit.wood)) +
    [140, 270, 400, 530, 660]
      .map((x) => box(x - 4, 106, 12, 34, 6, shade(kit.wood, -0.4)) + circle(x, 112, 13, kit.ball(kit.wood)))
      .join('')
  )
}

function bench(kit: Kit): string {
  return (
    kit.shadow(400, 744, 290, 20) +
    [180, 590].map((x) => box(x, 672, 26, 72, 3, kit.flat(shade(kit.wood, -0.2)))).join('') +
    box(130, 646, 540, 30, 6, kit.down(kit.wood))
  )
}

function tiles(kit: Kit): string {
  const colour = mix(kit.palette.backdrop, '#ffffff', 0.45)
  const joints =
    many(9, (index) => box(0, index * 78, 800, 3, 0, shade(colour, -0.12))) +
    many(10, (index) => box(index * 92 + 20, 0, 3, 640, 0, shade(colour, -0.12)))
  return (
    wall(kit) +
    box(0, 0, 800, 640, 0, kit.flat(colour, 0.5)) +
    joints +
    path('M420 0L640 0L380 640L120 640Z', '#fff', opacity(0.28))
  )
}

function shelf(): string {
  return (
    box(0, 626, 800, 174, 0, '#d9d2c7') +
    box(0, 626, 800, 110, 0, '#ebe6dd') +
    box(0, 733, 800, 4, 0, '#fff', opacity(0.6))
  )
}

function towels(kit: Kit): string {
  const colours = [shade(kit.main, 0.2), '#f4efe6', kit.accent]
  return (
    kit.shadow(660, 660, 110, 12) +
    colours
      .map(
        (colour, index) =>
          box(566, 612 - index * 44, 188, 46, 22, kit.down(colour)) +
          stroke(d`M586 ${640 - index * 44}H740`, shade(colour, -0.3), 2, opacity(0.5)),
      )
      .join('')
  )
}

function sky(kit: Kit): string {
  return (
    box(
      0,
      0,
      800,
      800,
      0,
      kit.linear(
        [0, 0, 0, 1],
        [
          [0, '#a9cbe0'],
          [0.6, '#e6eee9'],
          [0.8, '#f8ecd6'],
        ],
      ),
    ) +
    circle(
      170,
      150,
      210,
      kit.radial(
        [0.5, 0.5, 0.5],
        [
          [0, '#fff6d8', 0.95],
          [1, '#fff6d8', 0],
        ],
      ),
    )
  )
}

function hills(y: number): string {
  return (
    path(d`M0 ${y - 70}Q140 ${y - 150} 300 ${y - 80}T560 ${y - 110}T800 ${y - 60}V800H0Z`, '#b7c8bd') +
    path(d`M0 ${y - 20}Q200 ${y - 90} 420 ${y - 30}T800 ${y - 50}V800H0Z`, '#98b09a') +
    path(d`M0 ${y + 30}Q260 ${y - 30} 520 ${y + 24}T800 ${y + 6}V800H0Z`, '#7e9b7c')
  )
}

function meadow(): string {
  const tufts = many(26, (index) => {
    const x = scatter(index) * 800
    const y = 650 + scatter(index + 50) * 140
    return stroke(
      d`M${x} ${y}q-4 -14 -9 -20M${x} ${y}q1 -16 3 -24M${x} ${y}q5 -12 12 -17`,
      index % 3 ? '#5f7f58' : '#b5c58d',
      3,
      opacity(0.7),
    )
  })
  return (
    hills(600) +
    path('M0 640Q300 600 800 636V800H0Z', '#86a474') +
    path('M0 700Q400 660 800 712V800H0Z', '#779768', opacity(0.7)) +
    tufts
  )
}

function clouds(): string {
  const cloud = (x: number, y: number, size: number) =>
    group(
      ellipse(x, y, 90 * size, 26 * size, '#fff') +
        circle(x - 26 * size, y - 16 * size, 34 * size, '#fff') +
        circle(x + 24 * size, y - 22 * size, 42 * size, '#fff'),
      opacity(0.75),
    )
  return cloud(620, 170, 1) + cloud(180, 380, 0.7) + cloud(660, 470, 0.55)
}
