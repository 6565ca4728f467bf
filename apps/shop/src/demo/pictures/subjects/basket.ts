import { shade } from '../colour.ts'
import { box, ellipse, FLOOR, group, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { outline } from '../turning.ts'

/** Woven baskets with a handle, a lid or straps. */
export const basket: Subject = {
  setting: 'outside',
  focus: [340, 480, 1.7],
  contextScale: 0.74,
  draw(kit) {
    const { wood, main, accent, shape, ornament } = kit
    const body =
      shape % 2
        ? 'M200 380L600 380L560 620Q556 636 530 636L270 636Q244 636 240 620Z'
        : outline(400, [390, 200, 420, 196, 600, 160, 632, 146])
    const clip = kit.clip(body)
    const weave = kit.tile(
      62,
      44,
      many(2, (row) =>
        many(3, (column) =>
          box(
            column * 31 - row * 15,
            row * 22 + 1,
            29,
            19,
            8,
            shade(wood, [-0.16, 0.1, -0.02, 0.04][(row * 2 + (column % 2)) % 4] ?? 0),
          ),
        ),
      ),
    )
    const rows = box(170, 370, 460, 280, 0, weave)
    const strap = ornament ? main : '#8a5a38'
    return (
      kit.shadow(405, FLOOR, 180) +
      (shape < 2
        ? stroke('M226 400C210 150 590 150 574 400', shade(wood, -0.35), 24) +
          stroke('M226 400C210 150 590 150 574 400', shade(wood, 0.2), 9, ' stroke-dasharray="16 10"')
        : '') +
      (shape === 2
        ? path('M240 400L300 250L372 300L430 230L520 290L560 400Z', kit.flat(shade(accent, 0.3))) +
          path('M300 400L350 270L420 330L480 280L540 400Z', kit.flat(shade(main, 0.2)))
        : '') +
      path(body, kit.turned(shade(wood, -0.25))) +
      group(
        rows +
          path('M150 370L300 370L270 660L150 660Z', '#fff', opacity(0.12)) +
          path('M520 370L660 370L660 660L500 660Z', '#1a1418', opacity(0.2)),
        clip,
      ) +
      (shape % 2
        ? box(190, 366, 420, 30, 14, kit.down(wood))
        : ellipse(400, 390, 200, 34, shade(wood, -0.55)) +
          ellipse(400, 390, 200, 34, 'none', ` stroke="${shade(wood, 0.08)}" stroke-width="17"`)) +
      (shape === 3 ? path('M190 370Q400 300 610 370L600 390L200 390Z', kit.down(shade(wood, 0.1))) : '') +
      [316, 460]
        .map(
          (x) =>
            box(x, 372, 26, 120, 5, kit.down(strap)) +
            box(x - 5, 436, 36, 32, 5, 'none', ' stroke="#cda866" stroke-width="6"'),
        )
        .join('')
    )
  },
}
