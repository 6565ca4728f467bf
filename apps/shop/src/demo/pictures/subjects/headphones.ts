import { shade } from '../colour.ts'
import { box, circle, d, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Closed and open headphones, from the front. */
export const headphones: Subject = {
  setting: 'desk',
  focus: [300, 480, 1.5],
  contextScale: 0.66,
  draw(kit) {
    const { main, accent, shape, ornament, wood } = kit
    const isStudio = shape >= 2
    const metal = ornament ? '#b58f50' : '#8f8f92'
    const pad = shape % 2 ? '#7a4e34' : '#2f2d31'
    const cup = (side: -1 | 1) => {
      const x = 400 + side * 158
      return (
        box(
          x - 26 - side * 44,
          404,
          52,
          196,
          26,
          kit.linear([0, 0, 1, 0], [0, shade(pad, 0.2)], [1, shade(pad, -0.4)]),
        ) +
        box(
          x - 34 + side * 14,
          392,
          68,
          220,
          isStudio ? 34 : 30,
          kit.linear([0, 0, 1, 0], [0, shade(main, side < 0 ? 0.24 : 0.02)], [0.6, main], [1, shade(main, -0.34)]),
        ) +
        (isStudio
          ? box(
              x - 6 + side * 34,
              424,
              30,
              156,
              14,
              shape === 3
                ? kit.down(wood)
                : kit.tile(8, 8, box(0, 0, 8, 8, 0, shade(main, -0.45)) + circle(4, 4, 2, shade(main, 0.1))),
            )
          : box(x - 2 + side * 34, 440, 18, 124, 9, ornament ? accent : shade(main, -0.25))) +
        path(d`M${x + side * 2} 398V300`, 'none') +
        stroke(d`M${x + side * 6} 404V306`, metal, 15) +
        stroke(d`M${x + side * 6 - 3} 400V310`, '#fff', 4, opacity(0.5))
      )
    }
    return (
      kit.shadow(405, 634, 210) +
      stroke('M240 330C236 80 564 80 560 330', shade(main, -0.35), 42) +
      stroke(
        'M240 326C238 88 562 88 560 326',
        kit.linear([0, 0, 1, 0], [0, shade(main, 0.24)], [0.5, main], [1, shade(main, -0.3)]),
        31,
      ) +
      stroke('M300 196Q400 132 500 196', ornament ? accent : shade(pad, 0.12), 20) +
      stroke('M300 192Q400 128 500 192', '#fff', 3, ` stroke-dasharray="4 7"${opacity(0.35)}`) +
      cup(1) +
      cup(-1)
    )
  },
}
