/** Walls, floors and furniture around the goods. @module */
import { mix, shade } from './colour.ts'
import { box, circle, d, ellipse, type Kit, many, opacity, path, stroke } from './kit.ts'
import { books, fruit } from './props.ts'
import { scatter } from './surfaces.ts'

export function wall(kit: Kit): string {
  const colour = mix(kit.palette.backdrop, kit.main, 0.2)
  return box(
    0,
    0,
    800,
    800,
    0,
    kit.linear([0, 0, 1, 1], [0, shade(colour, 0.22)], [0.6, colour], [1, shade(colour, -0.14)]),
  )
}

export function tabletop(kit: Kit, tone: string): string {
  const lines = many(9, (index) => {
    const y = 622 + index * 15 + scatter(index) * 6
    return stroke(d`M0 ${y}C200 ${y - 6} 520 ${y + 7} 800 ${y}`, shade(tone, -0.35), 1.5, opacity(0.25))
  })
  return (
    box(
      0,
      604,
      800,
      150,
      0,
      kit.linear([0, 0, 1, 0.3], [0, shade(tone, 0.24)], [0.5, shade(tone, 0.05)], [1, shade(tone, -0.16)]),
    ) +
    lines +
    box(0, 754, 800, 46, 0, kit.down(shade(tone, -0.3))) +
    box(0, 754, 800, 3, 0, '#fff', opacity(0.25))
  )
}

export function sideDish(kit: Kit): string {
  return kit.ornament ? fruit(kit, 660, 660, '#d98b3f') : books(kit, 660, 652, [shade(kit.main, -0.15), kit.accent])
}

export function floorboards(kit: Kit): string {
  const tone = mix(kit.wood, '#cfae85', 0.5)
  const seams = many(7, (index) =>
    stroke(d`M${-260 + index * 220} 800L${100 + index * 100} 604`, shade(tone, -0.4), 2, opacity(0.35)),
  )
  return (
    box(0, 604, 800, 196, 0, kit.linear([0, 0, 0.4, 1], [0, shade(tone, -0.06)], [1, shade(tone, 0.2)])) +
    seams +
    box(0, 582, 800, 24, 0, kit.down('#f4efe6'))
  )
}

export function rug(kit: Kit): string {
  const colour = mix(kit.accent, '#efe7da', 0.4)
  return (
    ellipse(420, 706, 330, 66, shade(colour, -0.14)) +
    ellipse(420, 703, 330, 65, colour) +
    ellipse(420, 703, 290, 54, 'none', ` stroke="${shade(kit.main, 0.1)}" stroke-width="5"${opacity(0.6)}`)
  )
}

export function sideboard(kit: Kit): string {
  return (
    kit.shadow(400, 806, 360, 20) +
    box(60, 600, 680, 200, 6, kit.flat(kit.wood)) +
    box(60, 600, 680, 12, 5, shade(kit.wood, 0.25)) +
    [290, 512].map((x) => box(x, 626, 3, 174, 0, shade(kit.wood, -0.4), opacity(0.6))).join('') +
    [270, 322, 534].map((x) => circle(x, 700, 8, shade(kit.accent, -0.1))).join('')
  )
}

export function pegs(kit: Kit): string {
  return (
    box(70, 128, 660, 9, 4, '#241a16', opacity(0.14)) +
    box(70, 92, 660, 38, 6, kit.down(kit.wood)) +
    [140, 270, 400, 530, 660]
      .map((x) => box(x - 4, 106, 12, 34, 6, shade(kit.wood, -0.4)) + circle(x, 112, 13, kit.ball(kit.wood)))
      .join('')
  )
}

export function bench(kit: Kit): string {
  return (
    kit.shadow(400, 744, 290, 20) +
    [180, 590].map((x) => box(x, 672, 26, 72, 3, kit.flat(shade(kit.wood, -0.2)))).join('') +
    box(130, 646, 540, 30, 6, kit.down(kit.wood))
  )
}

export function tiles(kit: Kit): string {
  const colour = mix(kit.palette.backdrop, '#ffffff', 0.45)
  const joints =
    many(9, (index) => box(0, index * 78, 800, 3, 0, shade(colour, -0.12))) +
    many(10, (index) => box(index * 92 + 20, 0, 3, 640, 0, shade(colour, -0.12)))
  return (
    wall(kit) +
    box(0, 0, 800, 640, 0, kit.flat(colour, 0.5)) +
    joints +
    path('M420 0L640 0L380 640L120 640Z', '#fff', opacity(0.28))
  )
}

export function washstand(): string {
  return (
    box(0, 626, 800, 174, 0, '#d9d2c7') +
    box(0, 626, 800, 110, 0, '#ebe6dd') +
    box(0, 733, 800, 4, 0, '#fff', opacity(0.6))
  )
}

export function towels(kit: Kit): string {
  const colours = [shade(kit.main, 0.2), '#f4efe6', kit.accent]
  return (
    kit.shadow(660, 660, 110, 12) +
    colours
      .map(
        (colour, index) =>
          box(566, 612 - index * 44, 188, 46, 22, kit.down(colour)) +
          stroke(d`M586 ${640 - index * 44}H740`, shade(colour, -0.3), 2, opacity(0.5)),
      )
      .join('')
  )
}
