import { shade } from '../colour.ts'
import { box, d, ellipse, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline } from '../turning.ts'

/** A Dutch oven, a saucepan, a stock pot or a shallow casserole. */
export const pot: Subject = {
  setting: 'table',
  focus: [400, 410, 1.6],
  contextScale: 0.7,
  draw(kit) {
    const { main, shape, ornament } = kit
    const [top, radius, height] = SIZES[shape] ?? SIZES[0]
    const x = shape === 1 ? 340 : 400
    const bottom = top + height
    const body = outline(x, [
      top,
      radius,
      top + 10,
      radius,
      bottom - 50,
      radius * 0.97,
      bottom - 16,
      radius * 0.9,
      bottom,
      radius * 0.8,
    ])
    const clip = kit.clip(body)
    const knob = ornament ? '#c9a253' : shade(main, -0.35)
    return (
      kit.shadow(x + 5, FLOOR, radius) +
      (shape === 1 ? longHandle(kit, top, x + radius) : loops(main, x, top, radius)) +
      path(body, kit.turned(main)) +
      group(
        box(x - radius * 0.78, top + 10, radius * 0.13, height - 50, 14, kit.gleam(0.4, [0, 0, 0, 1])) +
          band(x, bottom - 34, radius, 60, shade(main, -0.5), opacity(0.35)),
        clip,
      ) +
      band(x, top - 8, radius + 5, 13, kit.turned(shade(main, 0.08))) +
      path(
        outline(x, [top - 62, radius * 0.22, top - 56, radius * 0.5, top - 34, radius * 0.86, top - 8, radius + 5]),
        kit.turned(shade(main, 0.04)),
      ) +
      ellipse(
        x - radius * 0.42,
        top - 38,
        radius * 0.26,
        9,
        '#fff',
        ` transform="rotate(-14 ${x - radius * 0.42} ${top - 38})"${opacity(0.3)}`,
      ) +
      path(outline(x, [top - 96, 25, top - 84, 30, top - 72, 14, top - 58, 20]), kit.metal(knob))
    )
  },
}

const SIZES: [Size, ...Size[]] = [
  [420, 190, 214],
  [450, 150, 184],
  [330, 170, 304],
  [510, 210, 124],
]

type Size = readonly [top: number, radius: number, height: number]

function loops(main: string, x: number, top: number, radius: number): string {
  return [-1, 1]
    .map((side) => {
      const line = d`M${x + side * (radius - 8)} ${top + 34}c${side * 62} -14 ${side * 66} 52 ${side * 2} 44`
      return (
        stroke(line, shade(main, side < 0 ? -0.1 : -0.42), 24) + stroke(line, shade(main, side < 0 ? 0.2 : -0.22), 11)
      )
    })
    .join('')
}

function longHandle(kit: Kit, top: number, x: number): string {
  const grip = kit.ornament ? kit.wood : '#343337'
  return (
    path(
      d`M${x - 14} ${top + 26}L${x + 60} ${top + 14}L${x + 60} ${top + 44}L${x - 14} ${top + 58}Z`,
      kit.metal('#a8a6a4'),
    ) +
    path(
      d`M${x + 48} ${top + 10}L${x + 220} ${top - 20}Q${x + 242} ${top - 20} ${x + 242} ${top}Q${x + 242} ${top + 18} ${x + 224} ${top + 20}L${x + 50} ${top + 48}Z`,
      kit.down(grip, 1.6),
    ) +
    ellipse(x + 216, top + 1, 9, 6, shade(grip, -0.6))
  )
}
