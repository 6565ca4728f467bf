import { shade } from '../colour.ts'
import { box, circle, ellipse, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline } from '../turning.ts'

/** Two bookshelf speakers, a portable one and a round one covered in wool. */
export const speaker: Subject = {
  setting: 'desk',
  focus: [400, 470, 1.7],
  contextScale: 0.62,
  draw(kit) {
    return (FORMS[kit.shape] ?? shelf)(kit)
  },
}

const FORMS = [shelf, shelf, portable, room]

function driver(kit: Kit, x: number, y: number, radius: number): string {
  const ring = kit.ornament ? '#c79a52' : '#5b5a5e'
  return (
    circle(x, y, radius, kit.linear([0, 0, 1, 1], [0, shade(ring, 0.4)], [1, shade(ring, -0.5)])) +
    circle(x, y, radius * 0.9, '#1d1c20') +
    circle(x, y, radius * 0.82, kit.radial([0.4, 0.36, 0.7], [0, '#5c5b60'], [0.5, '#37363a'], [1, '#1f1e22'])) +
    circle(x, y, radius * 0.62, 'none', ` stroke="#4b4a4f" stroke-width="3"`) +
    circle(x, y, radius * 0.3, kit.radial([0.35, 0.3, 0.8], [0, '#8d8c92'], [0.5, '#3b3a3e'], [1, '#19181b']))
  )
}

function shelf(kit: Kit): string {
  const tone = kit.main
  return (
    kit.shadow(410, FLOOR, 160) +
    path('M560 200L594 222L594 628L560 640Z', shade(kit.shape === 1 ? kit.wood : tone, -0.4)) +
    box(
      240,
      196,
      322,
      444,
      12,
      kit.linear([0, 0, 1, 0.6], [0, shade(tone, 0.2)], [0.5, tone], [1, shade(tone, -0.18)]),
    ) +
    box(256, 212, 290, 412, 8, kit.flat(shade(tone, kit.shape === 1 ? 0.2 : -0.1)), opacity(0.5)) +
    driver(kit, 401, 302, 62) +
    driver(kit, 401, 490, 108) +
    box(380, 606, 42, 6, 3, kit.accent)
  )
}

function cloth(kit: Kit, colour: string): string {
  return kit.tile(
    7,
    7,
    circle(1.8, 1.8, 1.5, shade(colour, -0.45), opacity(0.55)) +
      circle(5.2, 5.2, 1.5, shade(colour, 0.4), opacity(0.45)),
  )
}

function portable(kit: Kit): string {
  const { main, accent } = kit
  const strap = kit.ornament ? accent : '#8a5a38'
  return (
    kit.shadow(405, FLOOR, 230) +
    stroke('M586 450C680 450 680 560 600 560', shade(strap, -0.2), 14) +
    box(
      180,
      400,
      440,
      236,
      70,
      kit.linear([0, 0, 0.4, 1], [0, shade(main, 0.26)], [0.5, main], [1, shade(main, -0.34)]),
    ) +
    box(204, 424, 392, 188, 54, shade(main, -0.12)) +
    box(204, 424, 392, 188, 54, cloth(kit, main)) +
    [
      [316, 518, 62],
      [484, 518, 62],
    ]
      .map(([x = 0, y = 0, radius = 0]) => circle(x, y, radius, '#1a1418', opacity(0.14)))
      .join('') +
    box(340, 396, 120, 14, 7, shade(main, -0.4)) +
    [364, 400, 436].map((x) => circle(x, 403, 4, shade(main, 0.4))).join('') +
    box(372, 588, 56, 7, 3, kit.ornament ? accent : '#e8dfce')
  )
}

function room(kit: Kit): string {
  const { main, accent } = kit
  const body = outline(400, [300, 140, 330, 156, 480, 168, 610, 152, 634, 138])
  return (
    kit.shadow(405, FLOOR, 160) +
    path(body, kit.turned(main)) +
    path(body, cloth(kit, main)) +
    group(band(400, 592, 190, 60, kit.turned(kit.ornament ? accent : kit.wood)), kit.clip(body)) +
    ellipse(400, 300, 140, 25, kit.flat(kit.ornament ? accent : kit.wood)) +
    ellipse(400, 298, 52, 9, '#2b2a2e', opacity(0.7)) +
    ellipse(400, 297, 40, 6, '#8fd0c8', opacity(0.7))
  )
}
