import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline } from '../turning.ts'

/** A French press: glass, a frame and a plunger. */
export const press: Subject = {
  setting: 'table',
  focus: [390, 440, 1.6],
  contextScale: 0.6,
  draw(kit) {
    const { main, shape, ornament, wood } = kit
    const height = [0, 40, -40, 20][shape] ?? 0
    const top = 300 - height * 0.5
    const frame = main
    const glass = outline(380, [top, 104, top + 20, 104, 624, 104, 632, 98])
    const clip = kit.clip(glass)
    const handle = d`M482 ${top + 60}C590 ${top + 50} 590 560 482 552`
    return (
      kit.shadow(390, FLOOR, 140) +
      stroke(handle, shade(wood, -0.3), 32) +
      stroke(handle, shade(wood, 0.08), 21) +
      box(374, top - 110, 12, 120, 5, kit.metal('#b5b3b0')) +
      circle(380, top - 118, 24, kit.ball(ornament ? wood : '#2d2b2e')) +
      path(glass, '#dfe8ea', opacity(0.55)) +
      group(
        band(
          380,
          top + 130,
          104,
          400,
          kit.linear([0, 0, 1, 0], [0, '#1c0e08'], [0.25, '#5b3420'], [0.7, '#2c170d'], [1, '#160b06']),
        ) +
          ellipse(380, top + 130, 104, 18, '#8a5a38') +
          band(380, top + 112, 104, 16, kit.metal('#b5b3b0')) +
          box(292, top + 20, 20, 320, 10, kit.gleam(0.65, [0, 0, 0, 1])) +
          box(452, top + 20, 9, 320, 4, '#fff', opacity(0.25)),
        clip,
      ) +
      many(3, (index) =>
        path(band1(380, 106, top + 84 + index * ((540 - top) / 2) - index * 6, 13), kit.metal(frame)),
      ) +
      box(300, top + 90, 11, 560 - top - 60, 4, kit.metal(frame)) +
      box(446, top + 90, 11, 560 - top - 60, 4, kit.metal(frame)) +
      path(outline(380, [604, 110, 630, 110, 638, 104]), kit.metal(frame)) +
      path(
        outline(380, [top - 32, 30, top - 26, 84, top - 4, 110, top + 8, 110]),
        ornament ? kit.turned(wood) : kit.metal(shade(frame, -0.05)),
      )
    )
  },
}

function band1(x: number, radius: number, y: number, height: number): string {
  const ry = radius * 0.17
  return d`M${x - radius} ${y}A${radius} ${ry} 0 0 0 ${x + radius} ${y}v${height}A${radius} ${ry} 0 0 1 ${x - radius} ${y + height}Z`
}
