import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, type Kit, moved, opacity, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** A charging case with its two earbuds. */
export const earbuds: Subject = {
  setting: 'desk',
  focus: [400, 500, 1.6],
  contextScale: 0.52,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const isSport = shape >= 2
    const [width, height] = shape % 2 ? [300, 190] : [230, 200]
    const x = 400 - width / 2
    const inner = ornament ? accent : shade(main, -0.3)
    return (
      kit.shadow(405, FLOOR, 200) +
      box(x, 300, width, 150, 66, kit.linear([0, 0, 1, 1], [0, shade(main, 0.1)], [1, shade(main, -0.3)])) +
      box(x + 16, 322, width - 32, 110, 46, shade(inner, -0.2)) +
      box(
        x,
        430,
        width,
        height,
        74,
        kit.linear([0, 0, 1, 0.7], [0, shade(main, 0.3)], [0.4, shade(main, 0.05)], [1, shade(main, -0.32)]),
      ) +
      box(x + 14, 424, width - 28, 42, 20, kit.down(shade(inner, -0.1))) +
      [-1, 1].map((side) => bud(kit, 400 + side * width * 0.22, 412, side, isSport)).join('') +
      box(
        x,
        448,
        width,
        height - 18,
        70,
        kit.linear([0, 0, 1, 0.7], [0, shade(main, 0.3)], [0.4, shade(main, 0.05)], [1, shade(main, -0.32)]),
      ) +
      box(x + 30, 476, 18, 90, 9, kit.gleam(0.5, [0, 0, 0, 1])) +
      circle(400, 520, 5, '#a6e3b0') +
      moved(bud(kit, 0, 0, -1, isSport), 620, 596, 1)
    )
  },
}

function bud(kit: Kit, x: number, y: number, side: number, isSport: boolean): string {
  const tone = shade(kit.main, 0.12)
  const tip = kit.ornament ? kit.accent : '#e9e4da'
  return (
    (isSport
      ? stroke(d`M${x} ${y - 30}c${side * 60} -70 ${side * 96} 10 ${side * 50} 56`, tip, 11)
      : box(x - 13, y - 10, 26, 84, 13, kit.turned(tone))) +
    ellipse(x + side * -30, y - 6, 22, 25, kit.ball(tip)) +
    circle(x, y - 10, 37, kit.ball(tone)) +
    circle(x + side * 4, y - 10, 15, shade(kit.main, -0.35), opacity(0.55))
  )
}
