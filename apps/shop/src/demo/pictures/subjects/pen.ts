import { shade } from '../colour.ts'
import { box, circle, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Two fountain pens and two ballpoints, laid across the picture. */
export const pen: Subject = {
  setting: 'desk',
  isFlat: [true, true, true, true],
  focus: [300, 470, 1.7],
  contextScale: 0.62,
  draw(kit) {
    const { shape } = kit
    const drawn = shape < 2 ? fountain(kit) : ballpoint(kit)
    const whole = shape < 2 ? FOUNTAIN : BALLPOINT
    return `<g transform="rotate(-34 400 410)">${path(whole, '#241a16', ` transform="translate(6 34)"${opacity(0.3)}${kit.blur(10)}`)}${drawn}</g>`
  },
}

const FOUNTAIN = 'M120 410L210 380L700 372Q720 410 700 448L210 440Z'
const BALLPOINT = 'M130 410L190 384L690 380Q704 410 690 440L190 436Z'

function barrel(kit: Kit, x: number, y: number, width: number, height: number, colour: string, radius = 8): string {
  return box(
    x,
    y,
    width,
    height,
    radius,
    kit.linear(
      [0, 0, 0, 1],
      [0, shade(colour, -0.1)],
      [0.22, shade(colour, 0.5)],
      [0.36, shade(colour, 0.08)],
      [0.7, shade(colour, -0.25)],
      [1, shade(colour, -0.45)],
    ),
  )
}

function fountain(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const metal = ornament ? '#c79a52' : '#c4c3c2'
  return (
    path(
      'M112 410Q150 392 212 386L222 410L212 434Q150 428 112 410Z',
      kit.linear([0, 0, 0, 1], [0, shade(metal, 0.6)], [0.5, metal], [1, shade(metal, -0.4)]),
    ) +
    stroke('M120 410H184', '#3a3236', 2.5) +
    circle(188, 410, 5, '#3a3236') +
    barrel(kit, 208, 382, 84, 56, shade(main, -0.4)) +
    barrel(kit, 288, 378, 18, 64, metal, 3) +
    barrel(kit, 304, 374, 400, 72, shape === 1 ? shade(main, -0.05) : main, 26) +
    barrel(kit, 560, 372, 16, 76, metal, 3) +
    (shape === 1 ? many(6, (index) => box(320 + index * 38, 374, 7, 72, 0, '#1a1418', opacity(0.14))) : '') +
    box(470, 366, 200, 12, 6, kit.down(metal, 2)) +
    circle(474, 374, 10, kit.ball(metal)) +
    circle(690, 410, 9, accent)
  )
}

function ballpoint(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const metal = ornament ? '#c79a52' : '#c4c3c2'
  return (
    path(
      'M128 410L176 394L196 386L196 434L176 426Z',
      kit.linear([0, 0, 0, 1], [0, shade(metal, 0.6)], [0.5, metal], [1, shade(metal, -0.4)]),
    ) +
    barrel(kit, 192, 382, 130, 56, shape === 3 ? shade(main, -0.35) : metal, 6) +
    many(8, (index) => box(206 + index * 14, 382, 4, 56, 0, '#1a1418', opacity(0.2))) +
    barrel(kit, 318, 378, 372, 64, main, 18) +
    barrel(kit, 460, 376, 14, 68, ornament ? accent : metal, 2) +
    barrel(kit, 684, 394, 42, 32, metal, 10) +
    box(500, 368, 180, 12, 6, kit.down(metal, 2)) +
    box(664, 368, 16, 30, 5, kit.down(metal, 2))
  )
}
