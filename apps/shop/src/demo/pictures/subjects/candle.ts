import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow, speckles } from '../surfaces.ts'
import { band, mouth, outline, TILT } from '../turning.ts'

/** A candle in a glass, one in a ceramic pot, a pillar or a set of three. */
export const candle: Subject = {
  setting: 'bath',
  focus: [400, 440, 1.5],
  contextScale: 0.6,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    if (shape === 2)
      return (
        kit.shadow(400, FLOOR, 130) +
        pillar(kit, 400, 300, 100, shade(main, 0.3)) +
        (ornament ? ribbon(kit) : '') +
        glow(kit, 400, 250, 190, 170)
      )
    if (shape === 3)
      return (
        kit.shadow(400, FLOOR, 220) +
        pillar(kit, 290, 300, 70, shade(main, 0.15)) +
        pillar(kit, 500, 400, 78, shade(accent, 0.2)) +
        pillar(kit, 396, 490, 72, shade(main, ornament ? -0.2 : 0.5)) +
        glow(kit, 390, 330, 260, 220, 0.5)
      )
    const isGlass = shape === 0
    const body = outline(400, [370, 132, 384, 134, 620, 130, 636, 122])
    const clip = kit.clip(body)
    const wax = isGlass ? '#f5ecdb' : '#f7f0e2'
    return (
      kit.shadow(405, FLOOR, 140) +
      path(body, isGlass ? kit.turned(shade(main, 0.3)) : kit.turned(main)) +
      (isGlass
        ? group(
            band(400, 430, 140, 240, kit.turned(wax), opacity(0.72)) +
              box(296, 380, 24, 240, 12, kit.gleam(0.8, [0, 0, 0, 1])),
            clip,
          )
        : speckles(260, 370, 280, 270, shade(main, -0.5), clip, 24)) +
      mouth(kit, 400, 370, 132, 8, isGlass ? shade(main, 0.5) : main) +
      ellipse(400, isGlass ? 388 : 382, 116, 17, kit.radial([0.5, 0.5, 0.5], [0, '#fff6d4'], [1, wax])) +
      flame(kit, 400, 378) +
      (ornament ? circle(400, 524, 70, shade(accent, 0.6)) : box(330, 474, 140, 104, 3, shade(accent, 0.6))) +
      box(354, 500, 92, 7, 3, shade(main, -0.5), opacity(0.8)) +
      box(368, 524, 64, 5, 2, shade(main, -0.5), opacity(0.5)) +
      box(376, 540, 48, 5, 2, shade(main, -0.5), opacity(0.5)) +
      glow(kit, 400, 340, 220, 190, 0.55)
    )
  },
}

function pillar(kit: Kit, x: number, top: number, radius: number, colour: string): string {
  return (
    path(outline(x, [top, radius - 4, top + 10, radius, 628, radius, 636, radius - 4]), kit.turned(colour)) +
    path(
      outline(x, [top, radius - 4, top + 10, radius, top + 130, radius]),
      kit.linear([0, 0, 0, 1], [0, '#ffe7a8', 0.75], [1, '#ffe7a8', 0]),
    ) +
    ellipse(x, top, radius - 3, (radius - 3) * TILT, shade(colour, 0.4)) +
    ellipse(x, top + 2, radius * 0.6, radius * 0.09, '#fff0bd') +
    flame(kit, x, top + 2)
  )
}

function ribbon(kit: Kit): string {
  return (
    band(400, 500, 101, 30, kit.turned(kit.accent)) +
    path('M398 536L340 512L346 552ZM402 536L460 512L454 552Z', shade(kit.accent, -0.15))
  )
}

function flame(kit: Kit, x: number, y: number): string {
  return (
    stroke(d`M${x} ${y}V${y - 20}`, '#3a2b22', 4) +
    path(
      d`M${x} ${y - 92}C${x + 12} ${y - 62} ${x + 22} ${y - 48} ${x + 16} ${y - 28}Q${x} ${y - 8} ${x - 16} ${y - 28}C${x - 22} ${y - 48} ${x - 10} ${y - 62} ${x} ${y - 92}Z`,
      kit.radial([0.5, 0.8, 0.8], [0, '#fffbe4'], [0.4, '#ffdf86'], [1, '#f59a32']),
    )
  )
}
