import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline } from '../turning.ts'

/** Dropper bottles in amber, green, white and clear glass. */
export const dropper: Subject = {
  setting: 'bath',
  focus: [400, 470, 1.6],
  contextScale: 0.6,
  draw(kit) {
    const { main, shape, ornament, wood } = kit
    const glass = ['#7a4521', main, '#f1ece2', shade(main, 0.5)][shape] ?? main
    const radius = shape % 2 ? 104 : 92
    const body = outline(400, [366, 38, 384, 42, 404, radius - 8, 424, radius, 618, radius, 636, radius - 8], 0.13)
    const clip = kit.clip(body)
    const collar = ornament ? wood : shape === 0 ? '#2b2a2e' : '#c4a05c'
    const paper = shape === 2 ? shade(main, 0.1) : '#f6efe2'
    const ink = shape === 2 ? '#fff' : shade(main, -0.4)
    return (
      kit.shadow(405, FLOOR, radius + 10) +
      path('M374 268Q372 190 400 186Q428 190 426 268Z', kit.turned(shape === 2 ? '#3a383d' : '#4a464b')) +
      ellipse(390, 214, 6, 18, '#fff', opacity(0.4)) +
      path(
        outline(400, [264, 42, 270, 46, 352, 46, 366, 44], 0.14),
        ornament ? kit.turned(collar) : kit.metal(collar),
      ) +
      many(9, (index) => stroke(d`M${362 + index * 9.5} 276V358`, shade(collar, -0.4), 2, opacity(0.4))) +
      path(
        body,
        kit.linear(
          [0, 0, 1, 0],
          [0, shade(glass, -0.3)],
          [0.16, shade(glass, 0.32)],
          [0.45, glass],
          [0.88, shade(glass, -0.42)],
          [1, shade(glass, -0.05)],
        ),
      ) +
      group(
        box(400 - radius * 0.8, 400, radius * 0.18, 220, 8, kit.gleam(0.75, [0, 0, 0, 1])) +
          box(400 + radius * 0.72, 420, radius * 0.08, 190, 4, '#fff', opacity(0.3)) +
          (shape === 3 ? band(400, 470, radius - 8, 170, shade(main, -0.05), opacity(0.5)) : ''),
        clip,
      ) +
      box(400 - radius * 0.66, 462, radius * 1.32, 126, 2, paper) +
      circle(400, 490, 11, ink) +
      box(400 - radius * 0.44, 518, radius * 0.88, 8, 3, ink) +
      box(400 - radius * 0.34, 538, radius * 0.68, 5, 2, ink, opacity(0.6)) +
      box(400 - radius * 0.4, 554, radius * 0.8, 5, 2, ink, opacity(0.6))
    )
  },
}
