import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, type Kit, many, opacity, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Two table radios and two with a handle. */
export const radio: Subject = {
  setting: 'desk',
  focus: [470, 500, 1.7],
  contextScale: 0.62,
  draw(kit) {
    const { main, accent, shape, ornament, wood } = kit
    const body = main
    const [x, y, width, height] = shape < 2 ? [180, 380, 440, 246] : [220, 340, 360, 286]
    const face = ornament ? '#efe5d2' : shade(body, 0.5)
    return (
      kit.shadow(405, FLOOR, width / 2 + 10) +
      (shape >= 2
        ? stroke(
            d`M${x + 30} ${y + 20}V${y - 60}Q${x + 32} ${y - 84} ${x + 60} ${y - 84}H${x + width - 60}Q${x + width - 32} ${y - 84} ${x + width - 30} ${y - 60}V${y + 20}`,
            '#8a5a38',
            20,
          ) + stroke(d`M${x + 60} ${y - 89}H${x + width - 60}`, '#fff', 4, opacity(0.25))
        : '') +
      (shape === 3
        ? stroke(d`M${x + width - 40} ${y}L${x + width + 60} ${y - 210}`, '#b9b8b6', 6) +
          circle(x + width + 60, y - 210, 7, '#dad9d7')
        : '') +
      [x + 40, x + width - 70].map((at) => box(at, 620, 30, 20, 4, '#2e2b2d')).join('') +
      box(
        x,
        y,
        width,
        height,
        shape === 0 ? 60 : 26,
        kit.linear([0, 0, 1, 0.6], [0, shade(body, 0.24)], [0.5, body], [1, shade(body, -0.3)]),
      ) +
      (shape === 1
        ? [x, x + width - 16].map((at) => box(at, y + 8, 16, height - 16, 8, kit.flat(wood))).join('')
        : '') +
      box(x + 24, y + 28, width * 0.52, height - 56, 14, kit.flat(ornament ? accent : shade(body, -0.28))) +
      box(x + 24, y + 28, width * 0.52, height - 56, 14, kit.tile(12, 12, circle(6, 6, 3, '#1a1418', opacity(0.5)))) +
      dial(kit, x + width * 0.78, y + height * 0.38, Math.min(70, width * 0.17), face) +
      [x + width * 0.68, x + width * 0.86]
        .map(
          (at) =>
            circle(at, y + height - 44, 22, kit.ball('#c9a667')) +
            circle(at - 4, y + height - 49, 8, '#fff', opacity(0.4)),
        )
        .join('')
    )
  },
}

function dial(kit: Kit, x: number, y: number, radius: number, face: string): string {
  const ticks = many(
    11,
    (index) =>
      `<g transform="rotate(${-125 + index * 25} ${Math.round(x)} ${Math.round(y)})">${stroke(d`M${x} ${y - radius + 7}v${index % 5 ? 8 : 15}`, '#3a3236', 3)}</g>`,
  )
  return (
    circle(x, y, radius + 5, '#c9a667') +
    circle(x, y, radius, face) +
    ticks +
    stroke(d`M${x} ${y}l${radius * 0.4} ${-radius * 0.55}`, '#d2452f', 5) +
    circle(x, y, 8, kit.ball('#4b4548'))
  )
}
