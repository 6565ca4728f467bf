import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, many, opacity, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { grain, stitches, weave } from '../surfaces.ts'

/** A steel box, a rounded one, a soft bag and one with a wooden lid. */
export const cooler: Subject = {
  setting: 'outside',
  focus: [400, 480, 1.5],
  contextScale: 0.68,
  draw(kit) {
    const { main, accent, shape, ornament, wood } = kit
    const isSoft = shape === 2
    const lid = shape === 3 ? wood : ornament ? accent : '#f3ede1'
    const radius = shape === 1 ? 50 : 16
    return (
      kit.shadow(405, FLOOR, 250) +
      stroke(
        isSoft ? 'M230 420C220 180 580 180 570 420' : 'M196 440C190 236 610 236 604 440',
        isSoft ? shade(main, -0.35) : '#a9a8a6',
        isSoft ? 26 : 17,
      ) +
      box(
        180,
        420,
        440,
        216,
        radius,
        kit.linear([0, 0, 1, 0.5], [0, shade(main, 0.2)], [0.4, main], [1, shade(main, -0.3)]),
      ) +
      (isSoft
        ? box(180, 420, 440, 216, radius, weave(kit, main, 8)) +
          many(5, (index) => stroke(d`M${254 + index * 73} 424V632`, shade(main, -0.4), 3, opacity(0.4)))
        : box(204, 444, 30, 168, 14, kit.gleam(0.4, [0, 0, 0, 1]))) +
      box(
        168,
        366,
        464,
        70,
        shape === 1 ? 34 : 14,
        kit.linear([0, 0, 0.3, 1], [0, shade(lid, 0.3)], [0.5, lid], [1, shade(lid, -0.24)]),
      ) +
      (shape === 3 ? grain(168, 366, 464, 70, wood, kit.clip('M176 366h448v70h-448Z'), 6) : '') +
      box(172, 430, 456, 9, 4, shade(lid, -0.4), opacity(0.6)) +
      (isSoft
        ? stitches('M184 400H616', shade(lid, -0.5), 2.4)
        : [280, 490].map((x) => box(x, 420, 34, 56, 7, kit.down('#bdbbb7', 2))).join('')) +
      box(340, 506, 120, 62, 8, shade(accent, ornament ? 0.1 : -0.05)) +
      stroke('M362 552L386 522L404 544L416 530L438 552', '#fff', 6) +
      [188, 604].map((x) => circle(x, 452, 13, kit.ball('#a9a8a6'))).join('')
    )
  },
}
