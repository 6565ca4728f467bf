import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Stacks of bath towels and a hanging pair. */
export const towel: Subject = {
  setting: 'bath',
  focus: [300, 520, 1.7],
  contextScale: 0.7,
  studioZoom: [1.1, 1.1, 1.1, 1.1],
  draw(kit) {
    const { shape } = kit
    return shape === 1 || shape === 3 ? rolled(kit) : stacked(kit)
  },
}

function terry(kit: Kit, colour: string): string {
  return kit.tile(
    8,
    8,
    circle(2, 2, 1.5, shade(colour, 0.5), opacity(0.4)) + circle(6, 6, 1.5, shade(colour, -0.4), opacity(0.35)),
  )
}

function stacked(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const count = shape === 0 ? 4 : 3
  const colours = ornament
    ? [main, accent, shade(main, 0.35), shade(main, -0.2)]
    : [main, shade(main, 0.14), main, shade(main, 0.28)]
  const half = shape === 0 ? 230 : 180
  return (
    kit.shadow(405, FLOOR, half + 16) +
    many(count, (index) => {
      const colour = colours[index % 4] ?? main
      const top = 640 - (index + 1) * 88
      const shift = (index % 2) * 10 - 5
      const left = 400 - half + shift
      return (
        box(
          left,
          top,
          half * 2,
          90,
          42,
          kit.linear([0, 0, 0, 1], [0, shade(colour, 0.24)], [0.45, colour], [1, shade(colour, -0.3)]),
        ) +
        box(left, top, half * 2, 90, 42, terry(kit, colour)) +
        stroke(d`M${left + 40} ${top + 45}H${left + half * 2 - 14}`, shade(colour, -0.4), 4, opacity(0.5)) +
        stroke(d`M${left + 60} ${top + 24}H${left + half * 2 - 40}`, shade(colour, -0.3), 2, opacity(0.35)) +
        box(left + half * 1.36, top + 1, 26, 88, 0, shade(ornament && index === 0 ? accent : colour, 0.3), opacity(0.5))
      )
    })
  )
}

function rolled(kit: Kit): string {
  const { main, accent, ornament } = kit
  const at =
    kit.shape === 1
      ? ([
          [270, 560],
          [430, 560],
          [350, 426],
          [566, 574],
        ] as const)
      : ([
          [320, 560],
          [490, 560],
          [405, 420],
        ] as const)
  return (
    kit.shadow(420, FLOOR, 250) +
    at
      .map(([x, y], index) => {
        const colour = index % 2 && ornament ? accent : shade(main, index * 0.1)
        const radius = index === 3 ? 64 : 80
        const spiral = [0.82, 0.62, 0.42, 0.2]
          .map((share) =>
            circle(x, y, radius * share, 'none', ` stroke="${shade(colour, -0.34)}" stroke-width="4"${opacity(0.5)}`),
          )
          .join('')
        return (
          circle(x, y, radius, kit.ball(colour)) +
          circle(x, y, radius, terry(kit, colour)) +
          spiral +
          path(
            d`M${x + radius * 0.5} ${y - radius * 0.86}Q${x + radius * 1.04} ${y - radius * 0.5} ${x + radius} ${y + 10}L${x + radius * 0.86} ${y}Q${x + radius * 0.86} ${y - radius * 0.5} ${x + radius * 0.42} ${y - radius * 0.74}Z`,
            shade(colour, 0.3),
            opacity(0.6),
          )
        )
      })
      .join('')
  )
}
