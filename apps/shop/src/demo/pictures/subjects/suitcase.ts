import { shade } from '../colour.ts'
import { box, circle, d, many, opacity, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Cabin cases and large ones, ribbed or with straps. */
export const suitcase: Subject = {
  setting: 'room',
  focus: [400, 420, 1.4],
  contextScale: 0.72,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const isLarge = shape >= 2
    const [x, y, width, height] = isLarge ? [236, 216, 328, 396] : [264, 280, 272, 332]
    const trim = ornament ? '#8a5a38' : '#36343a'
    const ribs = shape % 2 === 0
    return (
      kit.shadow(405, 636, width * 0.6) +
      stroke(d`M340 ${y + 10}V${y - 100}M460 ${y + 10}V${y - 100}`, '#a9a8a6', 11) +
      stroke(d`M337 ${y + 10}V${y - 100}M457 ${y + 10}V${y - 100}`, '#fff', 3, opacity(0.5)) +
      box(326, y - 122, 148, 27, 13, kit.down(trim, 1.6)) +
      [x + 34, x + width - 34]
        .map(
          (at) =>
            box(at - 15, y + height - 6, 30, 22, 5, '#3a383d') +
            circle(at, 632, 15, '#2b2a2e') +
            circle(at, 632, 6, '#8f8d8b'),
        )
        .join('') +
      box(
        x,
        y,
        width,
        height,
        38,
        kit.linear([0, 0, 1, 0.4], [0, shade(main, 0.2)], [0.35, shade(main, 0.04)], [1, shade(main, -0.32)]),
      ) +
      (ribs
        ? many(7, (index) =>
            box(
              x + width * (0.14 + index * 0.113),
              y + 26,
              width * 0.05,
              height - 52,
              8,
              kit.linear([0, 0, 1, 0], [0, '#fff', 0.28], [0.4, '#fff', 0], [1, '#1a1418', 0.24]),
            ),
          )
        : [0.24, 0.68]
            .map(
              (at) =>
                box(x + width * at, y, width * 0.08, height, 0, kit.down(ornament ? accent : trim)) +
                box(
                  x + width * at - 6,
                  y + height * 0.3,
                  width * 0.08 + 12,
                  34,
                  6,
                  'none',
                  ' stroke="#cda866" stroke-width="6"',
                ),
            )
            .join('')) +
      [
        [x, y],
        [x + width - 50, y],
        [x, y + height - 50],
        [x + width - 50, y + height - 50],
      ]
        .map(([cx = 0, cy = 0]) => (ribs ? '' : box(cx, cy, 50, 50, 24, trim, opacity(0.85))))
        .join('') +
      box(352, y - 14, 96, 24, 10, kit.down(trim)) +
      box(x + width * 0.5 - 34, y + height * 0.46, 68, 26, 5, shade(accent, 0.2), opacity(ribs ? 1 : 0)) +
      box(x + 16, y + 30, 16, height - 90, 8, kit.gleam(0.4, [0, 0, 0, 1]))
    )
  },
}
