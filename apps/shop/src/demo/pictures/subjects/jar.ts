import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf, scatter } from '../surfaces.ts'
import { band, outline, TILT } from '../turning.ts'

/** Low jars, a tall one for salt and a tin. */
export const jar: Subject = {
  setting: 'bath',
  focus: [400, 500, 1.6],
  contextScale: 0.62,
  studioZoom: [1.2, 1.2, 1.14, 1.2],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const [top, radius] = [
      [450, 160],
      [420, 150],
      [340, 128],
      [470, 176],
    ][shape] ?? [450, 160]
    const isGlass = shape === 2 || (shape === 0 && ornament)
    const body = outline(400, [
      top ?? 0,
      (radius ?? 0) - 6,
      (top ?? 0) + 12,
      radius ?? 0,
      612,
      radius ?? 0,
      636,
      (radius ?? 0) - 12,
    ])
    return (
      kit.shadow(405, FLOOR, (radius ?? 0) + 8) +
      vessel(kit, body, top ?? 0, radius ?? 0, isGlass, ornament ? accent : main) +
      lid(kit, top ?? 0, radius ?? 0, shape === 3 ? '#bdb9b2' : shape === 2 || ornament ? kit.wood : shade(main, -0.35))
    )
  },
}

function vessel(kit: Kit, body: string, top: number, radius: number, isGlass: boolean, colour: string): string {
  const clip = kit.clip(body)
  const filling = kit.shape === 2 ? shade(kit.main, 0.55) : '#f7f0e3'
  const paper = isGlass ? '#fffaf0' : shade(colour, 0.66)
  const ink = shade(kit.main, -0.45)
  const salt = many(60, (index) =>
    circle(
      400 + (scatter(index) - 0.5) * radius * 2,
      top + 50 + scatter(index + 77) * (600 - top),
      6 + scatter(index + 5) * 6,
      shade(kit.main, 0.3 + scatter(index + 3) * 0.5),
    ),
  )
  return (
    path(
      body,
      isGlass ? kit.linear([0, 0, 1, 0], [0, '#c9d6d6'], [0.3, '#f4f8f6'], [1, '#b3c4c4']) : kit.turned(colour),
      isGlass ? opacity(0.85) : '',
    ) +
    group(
      (isGlass ? band(400, top + 46, radius - 10, 300, kit.turned(filling)) + (kit.shape === 2 ? salt : '') : '') +
        box(400 - radius * 0.84, top, radius * 0.14, 300, 12, kit.gleam(0.6, [0, 0, 0, 1])) +
        box(400 + radius * 0.8, top, radius * 0.06, 300, 5, '#fff', opacity(0.25)),
      clip,
    ) +
    path(
      d`M${400 - radius * 0.62} 520A${radius} ${radius * 0.17} 0 0 0 ${400 + radius * 0.62} 520V594A${radius} ${radius * 0.17} 0 0 1 ${400 - radius * 0.62} 594Z`,
      paper,
    ) +
    box(400 - radius * 0.34, 550, radius * 0.68, 9, 3, ink) +
    box(400 - radius * 0.24, 572, radius * 0.48, 6, 3, ink, opacity(0.6))
  )
}

function lid(kit: Kit, top: number, radius: number, colour: string): string {
  const ridges =
    kit.shape === 3
      ? many(21, (index) =>
          stroke(d`M${400 - radius + index * radius * 0.1} ${top - 20}v44`, shade(colour, -0.3), 2, opacity(0.35)),
        )
      : ''
  return (
    path(
      outline(400, [top - 44, radius - 2, top - 38, radius + 4, top + 10, radius + 4]),
      kit.shape === 3 ? kit.metal(colour) : kit.turned(colour),
    ) +
    ridges +
    ellipse(
      400,
      top - 43,
      radius,
      radius * TILT,
      kit.linear([0, 0, 1, 1], [0, shade(colour, 0.34)], [1, shade(colour, -0.1)]),
    ) +
    (kit.ornament ? leaf(404, top - 32, 26, 9, 70, shade(colour, -0.3), colour) : '')
  )
}
