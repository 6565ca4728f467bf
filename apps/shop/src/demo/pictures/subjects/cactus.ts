import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { dots } from '../surfaces.ts'
import { band, mouth, outline } from '../turning.ts'

/** A barrel cactus, a column, an echeveria or an aloe. */
export const cactus: Subject = {
  setting: 'table',
  focus: [400, 420, 1.5],
  contextScale: 0.56,
  draw(kit) {
    const pot = outline(400, [480, 122, 496, 122, 600, 100, 634, 92])
    const clip = kit.clip(pot)
    return (
      kit.shadow(405, FLOOR, 124) +
      mouth(kit, 400, 480, 122, 9, kit.main) +
      ellipse(400, 484, 108, 15, '#6b5747') +
      (FORMS[kit.shape] ?? barrel)(kit) +
      path('M278 480A122 21 0 0 0 522 480L500 600Q494 640 400 648Q306 640 300 600Z', kit.turned(kit.main)) +
      group(
        (kit.ornament ? band(400, 540, 130, 10, kit.accent) + band(400, 562, 130, 24, kit.turned(kit.accent)) : '') +
          box(304, 498, 20, 130, 10, kit.gleam(0.4, [0, 0, 0, 1])),
        clip,
      )
    )
  },
}

const FORMS = [barrel, column, rosette, aloe]

function spines(x: number, top: number, bottom: number, step: number): string {
  const marks = many(
    Math.floor((bottom - top) / step),
    (index) => d`M${x - 6} ${top + index * step - 5}l12 10m0 -10l-12 10`,
  )
  return stroke(marks, '#f2ead0', 2, opacity(0.85))
}

function barrel(kit: Kit): string {
  const ribs = [-98, -66, -34, 0, 34, 66, 98]
  return (
    ellipse(400, 396, 124, 112, kit.ball('#6b9068')) +
    ribs
      .map((dx) => stroke(d`M400 286Q${400 + dx * 1.5} 390 ${400 + dx * 0.7} 500`, '#43654a', 4, opacity(0.55)))
      .join('') +
    dots(
      ribs.flatMap((dx) =>
        [0, 1, 2, 3, 4, 5].map(
          (row) => [400 + dx * 1.12 * Math.sin(((row + 1.4) / 8) * Math.PI) + dx * 0.12, 306 + row * 32] as const,
        ),
      ),
      6,
      '#f5edd2',
    ) +
    [-24, 0, 24]
      .map((dx, index) => circle(400 + dx, 290 - (index % 2) * 8, 14, kit.ball(kit.ornament ? '#e28a9b' : '#e9b44c')))
      .join('')
  )
}

function column(kit: Kit): string {
  const paint = kit.turned('#5f8a66')
  return (
    path('M330 350Q270 350 270 300L270 260Q270 238 290 238Q310 238 310 260L310 296Q312 310 340 310Z', paint) +
    path('M470 390Q540 390 540 330L540 290Q540 270 521 270Q502 270 502 290L502 328Q500 346 462 346Z', paint) +
    path('M338 490L338 220Q338 156 400 156Q462 156 462 220L462 490Z', paint) +
    [362, 400, 438]
      .map((x) => stroke(d`M${x} 176V486`, '#3f6147', 3.5, opacity(0.5)) + spines(x, 190, 480, 30))
      .join('') +
    (kit.ornament
      ? [-20, 0, 20]
          .map((dx) => ellipse(400 + dx, 158, 12, 20, '#e58fa0', ` transform="rotate(${dx * 1.6} ${400 + dx} 170)"`))
          .join('')
      : '')
  )
}

function rosette(kit: Kit): string {
  const tone = kit.ornament ? '#a98fa8' : '#8fb09a'
  return [
    [15, 168, 0],
    [12, 128, 0.12],
    [9, 90, 0.24],
    [6, 52, 0.38],
  ]
    .map(([count = 0, size = 0, light = 0], ring) =>
      many(count, (index) => {
        const turn = (index / count) * 360 + ring * 14
        return `<g transform="translate(400 400) scale(1 .66) rotate(${Math.round(turn)})"><path d="M0 0C${-size * 0.34} ${-size * 0.5} ${-size * 0.26} ${-size * 0.9} 0 ${-size}C${size * 0.26} ${-size * 0.9} ${size * 0.34} ${-size * 0.5} 0 0Z" fill="${shade(tone, light - (index % 2) * 0.07)}" stroke="${shade(tone, -0.3)}" stroke-width="1.5"/></g>`
      }),
    )
    .join('')
}

function aloe(kit: Kit): string {
  const tilts = [-62, -44, -26, -9, 9, 26, 44, 62, -34, 34, 0]
  return tilts
    .map((tilt, index) => {
      const tall = index > 7 ? 190 : 290 - Math.abs(tilt) * 1.3
      const tone = kit.ornament ? '#7fa08a' : '#6f9a63'
      return `<g transform="translate(${400 + tilt * 0.5} 490) rotate(${tilt})"><path d="M-22 0C-26 ${-tall * 0.4} -10 ${-tall * 0.8} 2 ${-tall}C12 ${-tall * 0.8} 26 ${-tall * 0.4} 22 0Z" fill="${kit.linear([0, 0, 1, 0], [0, shade(tone, 0.22)], [1, shade(tone, -0.28)])}"/>${many(6, (row) => circle(-6 + (row % 2) * 11, -30 - row * tall * 0.12, 2.6, '#e6efd3', opacity(0.7)))}</g>`
    })
    .join('')
}
