import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { outline } from '../turning.ts'

/** Two wall clocks, a desk clock and one with bells. */
export const clock: Subject = {
  setting: 'wall',
  isFlat: [true, true, false, false],
  focus: [430, 380, 1.6],
  contextScale: 0.6,
  draw(kit) {
    const { shape } = kit
    if (shape === 2) return deskClock(kit)
    if (shape === 3) return alarm(kit)
    return circle(412, 416, 216, '#241a16', opacity(0.24) + kit.blur(14)) + face(kit, 400, 400, 210)
  },
}

function face(kit: Kit, x: number, y: number, radius: number): string {
  const { main, accent, shape, ornament, wood } = kit
  const rim = main
  const paper = ornament ? shade(main, 0.68) : '#fbf7ee'
  const ink = '#2e2a2d'
  const marks = many(
    12,
    (hour) =>
      `<g transform="rotate(${hour * 30} ${x} ${y})">${hour % 3 || !ornament ? box(x - (hour % 3 ? 2.5 : 4), y - radius * 0.8, hour % 3 ? 5 : 8, radius * (hour % 3 ? 0.09 : 0.15), 2, ink) : circle(x, y - radius * 0.73, radius * 0.05, accent)}</g>`,
  )
  const hand = (turn: number, length: number, width: number, colour: string) =>
    `<g transform="rotate(${turn} ${x} ${y})">${box(x - width / 2, y - length, width, length + radius * 0.12, width / 2, colour)}</g>`
  return (
    circle(x, y, radius, kit.linear([0, 0, 1, 1], [0, shade(rim, 0.34)], [0.5, rim], [1, shade(rim, -0.4)])) +
    circle(x, y, radius * 0.92, shape === 1 ? wood : shade(rim, -0.42)) +
    circle(x + 2, y + 3, radius * 0.88, kit.linear([0, 0, 1, 1], [0, shade(paper, -0.12)], [0.4, paper])) +
    marks +
    `<g transform="translate(5 7)"${opacity(0.18)}>${hand(-58, radius * 0.48, radius * 0.06, '#000')}${hand(54, radius * 0.7, radius * 0.042, '#000')}</g>` +
    hand(-58, radius * 0.48, radius * 0.06, ink) +
    hand(54, radius * 0.7, radius * 0.042, ink) +
    hand(196, radius * 0.74, radius * 0.016, accent === '#f0d9c0' || accent === '#e9dcc3' ? '#c9573c' : accent) +
    circle(x, y, radius * 0.06, ink) +
    path(
      d`M${x - radius * 0.76} ${y - radius * 0.3}Q${x - radius * 0.5} ${y - radius * 0.86} ${x + radius * 0.3} ${y - radius * 0.8}Q${x - radius * 0.3} ${y - radius * 0.6} ${x - radius * 0.6} ${y}Z`,
      '#fff',
      opacity(0.28),
    )
  )
}

function deskClock(kit: Kit): string {
  const { main } = kit
  return (
    kit.shadow(405, FLOOR, 200) +
    path(
      'M190 636L190 420Q190 216 400 216Q610 216 610 420L610 636Z',
      kit.linear([0, 0, 1, 0.5], [0, shade(main, 0.22)], [0.5, main], [1, shade(main, -0.3)]),
    ) +
    (kit.ornament ? box(190, 596, 420, 40, 0, kit.down(kit.wood)) : '') +
    face({ ...kit, main: shade(main, -0.12) }, 400, 424, 160)
  )
}

function alarm(kit: Kit): string {
  const { main } = kit
  const bell = (side: number) =>
    `<g transform="rotate(${side * 34} 400 430)">${path(
      outline(400, [196, 20, 206, 52, 236, 70, 246, 72]),
      kit.metal(kit.ornament ? '#c79a52' : main),
    )}${box(394, 236, 12, 40, 3, '#77757a')}</g>`
  return (
    kit.shadow(405, FLOOR, 160) +
    stroke('M330 570L296 632M470 570L504 632', shade(main, -0.3), 20) +
    bell(-1) +
    bell(1) +
    stroke('M360 214Q400 160 440 214', '#77757a', 11) +
    face(kit, 400, 440, 180)
  )
}
