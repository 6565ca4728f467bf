import { shade } from '../colour.ts'
import { box, circle, ellipse, group, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline } from '../turning.ts'

/** A bell on its handlebar. */
export const bell: Subject = {
  setting: 'outside',
  focus: [400, 400, 1.5],
  contextScale: 0.92,
  draw(kit) {
    const { main, shape, ornament } = kit
    const metal = main
    const dome =
      shape === 3
        ? outline(400, [290, 60, 300, 130, 400, 170, 420, 172])
        : outline(
            400,
            shape === 1
              ? [262, 60, 280, 130, 350, 172, 420, 182, 430, 184]
              : [240, 30, 256, 100, 330, 160, 420, 178, 430, 180],
          )
    const paint = shape < 2 ? kit.metal(metal) : kit.turned(metal)
    return (
      kit.shadow(405, 640, 300, 20, 0.6) +
      path(
        'M60 560Q400 500 740 560L740 608Q400 548 60 608Z',
        kit.linear([0, 0, 0, 1], [0, '#d6d4d1'], [0.3, '#fff'], [0.5, '#a9a7a5'], [1, '#5f5d61']),
      ) +
      [
        [40, 150],
        [650, 110],
      ]
        .map(([x = 0, width = 0]) => box(x, 552, width, 62, 28, kit.down(ornament ? '#8a5a38' : '#2e2c30', 1.6)))
        .join('') +
      box(376, 430, 48, 90, 8, kit.metal('#6a696e')) +
      box(352, 506, 96, 62, 12, kit.linear([0, 0, 0, 1], [0, '#77767b'], [1, '#2b2a2e'])) +
      stroke('M556 470Q600 430 566 386', '#77767b', 13) +
      circle(562, 380, 20, kit.ball(ornament ? kit.accent : metal)) +
      ellipse(400, 430, 180, 32, shade(metal, -0.5)) +
      path(dome, paint) +
      path('M276 400Q290 300 366 262L380 274Q320 310 306 404Z', '#fff', opacity(0.45)) +
      (ornament && shape >= 2 ? group(band(400, 380, 190, 26, kit.turned(kit.accent)), kit.clip(dome)) : '') +
      (shape === 3
        ? ellipse(400, 290, 60, 11, shade(metal, 0.3))
        : circle(400, shape === 1 ? 258 : 238, 15, kit.ball(shade(metal, -0.2))))
    )
  },
}
