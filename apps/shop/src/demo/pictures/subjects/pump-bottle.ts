import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, group, type Kit, opacity, path } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf } from '../surfaces.ts'
import { outline, type Profile } from '../turning.ts'

/** Bottles with a pump: round, square, tall and amber. */
export const pumpBottle: Subject = {
  setting: 'bath',
  focus: [400, 460, 1.7],
  contextScale: 0.66,
  draw(kit) {
    const { main, shape, ornament } = kit
    const profile = PROFILES[shape] ?? PROFILES[0]
    const [top = 0, neck = 0] = profile
    const radius = profile[5] ?? 0
    const body = outline(400, profile, 0.12)
    const clip = kit.clip(body)
    const colour = ornament ? '#7a4521' : main
    const pump = ornament ? '#2b2a2e' : shade(kit.accent, 0.1)
    return (
      kit.shadow(405, FLOOR, radius + 14) +
      pumpHead(kit, top, pump) +
      path(
        body,
        ornament
          ? kit.linear(
              [0, 0, 1, 0],
              [0, shade(colour, -0.3)],
              [0.2, shade(colour, 0.3)],
              [0.5, colour],
              [0.9, shade(colour, -0.5)],
              [1, shade(colour, -0.1)],
            )
          : kit.turned(colour),
      ) +
      group(
        box(400 - radius * 0.82, top + 30, radius * 0.17, 400, 12, kit.gleam(0.55, [0, 0, 0, 1])) +
          box(400 + radius * 0.76, top + 50, radius * 0.07, 330, 6, '#fff', opacity(0.2)) +
          label(kit, radius, shape),
        clip,
      ) +
      path(outline(400, [top - 26, neck + 5, top + 8, neck + 7]), kit.turned(pump))
    )
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [360, 34, 376, 60, 410, 106, 600, 108, 634, 100],
  [330, 32, 344, 84, 364, 94, 618, 94, 636, 88],
  [300, 30, 322, 50, 380, 84, 612, 86, 636, 80],
  [340, 36, 356, 70, 420, 98, 560, 116, 620, 112, 636, 100],
]

function pumpHead(kit: Kit, top: number, colour: string): string {
  return (
    box(393, top - 84, 14, 70, 4, kit.metal('#b9b7b4')) +
    path(d`M372 ${top - 108}H428Q440 ${top - 108} 440 ${top - 96}V${top - 84}H372Z`, kit.turned(colour)) +
    path(
      d`M378 ${top - 106}L286 ${top - 104}Q270 ${top - 102} 266 ${top - 78}L284 ${top - 76}Q286 ${top - 86} 298 ${top - 86}L378 ${top - 84}Z`,
      kit.down(colour, 1.4),
    ) +
    path(outline(400, [top - 30, 24, top - 22, 27, top - 10, 27]), kit.turned(shade(colour, -0.1)))
  )
}

function label(kit: Kit, radius: number, shape: number): string {
  const paper = kit.ornament ? '#f3ebdb' : shade(kit.main, 0.72)
  const ink = kit.ornament ? shade(kit.main, -0.3) : shade(kit.main, -0.45)
  const wide = radius * (shape % 2 ? 1.36 : 1.2)
  const left = 400 - wide / 2
  return (
    box(left, 440, wide, 140, 3, paper) +
    (shape % 2
      ? circle(400, 474, 17, ink)
      : leaf(400, 494, 40, 12, 0, ink, paper) +
        leaf(400, 494, 32, 10, -50, ink, paper) +
        leaf(400, 494, 32, 10, 50, ink, paper)) +
    box(400 - wide * 0.34, 512, wide * 0.68, 9, 3, ink) +
    box(400 - wide * 0.24, 532, wide * 0.48, 5, 2, ink, opacity(0.6)) +
    box(400 - wide * 0.3, 548, wide * 0.6, 5, 2, ink, opacity(0.6))
  )
}
