import { shade } from '../colour.ts'
import { box, d, type Kit, many, opacity, path, stroke, turnedBy } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Two seats or three, square or round. */
export const sofa: Subject = {
  setting: 'room',
  focus: [280, 470, 1.6],
  contextScale: 0.84,
  draw(kit) {
    const { main, accent, shape, ornament, wood } = kit
    const seats = shape < 2 ? 2 : 3
    const half = shape < 2 ? 250 : 330
    const isRound = shape % 2 === 1
    const left = 400 - half
    const width = half * 2
    const arm = isRound ? 62 : 50
    const seat = (width - arm * 2) / seats
    const paint = (colour: string) =>
      kit.linear([0, 0, 0.25, 1], [0, shade(colour, 0.26)], [0.5, shade(colour, 0.03)], [1, shade(colour, -0.2)])
    const legs = [left + 26, 400 + half - 42]
      .map((x) => path(d`M${x} 590L${x + 18} 590L${x + 13} 640L${x + 5} 640Z`, kit.down(wood)))
      .join('')
    return (
      kit.shadow(408, 636, half + 10, 30) +
      legs +
      box(left + 14, 330, width - 28, 200, isRound ? 80 : 26, kit.flat(shade(main, -0.12))) +
      many(seats, (index) => box(left + arm + index * seat + 2, 346, seat - 4, 158, isRound ? 46 : 24, paint(main))) +
      box(left + 8, 520, width - 16, 76, 16, kit.down(shade(main, -0.18))) +
      many(seats, (index) =>
        box(left + arm + index * seat + 1, 482, seat - 2, 70, isRound ? 30 : 18, paint(shade(main, 0.05))),
      ) +
      box(left, 424, arm + 12, 172, isRound ? 37 : 16, paint(main)) +
      box(400 + half - arm - 12, 424, arm + 12, 172, isRound ? 37 : 16, paint(shade(main, -0.12))) +
      pillow(kit, left + arm + 66, 440, accent, -10) +
      (ornament
        ? pillow(kit, 400 + half - arm - 62, 446, shade(main, -0.35), 9)
        : throwOver(kit, 400 + half - arm - 70))
    )
  },
}

function pillow(kit: Kit, x: number, y: number, colour: string, tilt: number): string {
  return turnedBy(
    path(
      d`M${x - 52} ${y - 46}Q${x} ${y - 56} ${x + 52} ${y - 46}Q${x + 60} ${y} ${x + 52} ${y + 48}Q${x} ${y + 56} ${x - 52} ${y + 48}Q${x - 60} ${y} ${x - 52} ${y - 46}Z`,
      kit.ball(colour),
    ),
    tilt,
    x,
    y,
  )
}

function throwOver(kit: Kit, x: number): string {
  const colour = kit.accent
  return (
    path(
      d`M${x - 44} 332Q${x} 322 ${x + 44} 332L${x + 52} 470L${x + 56} 560Q${x} 572 ${x - 50} 560L${x - 46} 470Z`,
      kit.linear([0, 0, 1, 0], [0, shade(colour, 0.15)], [1, shade(colour, -0.15)]),
      opacity(0.94),
    ) +
    [-30, 0, 30]
      .map((dx) => stroke(d`M${x + dx} 336L${x + dx * 1.15} 556`, shade(colour, -0.3), 3, opacity(0.35)))
      .join('')
  )
}
