import { shade } from '../colour.ts'
import { box, d, ellipse, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf } from '../surfaces.ts'
import { outline } from '../turning.ts'

/** Bars of soap: square, oval, wrapped and on a dish. */
export const soap: Subject = {
  setting: 'bath',
  focus: [400, 520, 1.7],
  contextScale: 0.6,
  studioZoom: [1.3, 1.3, 1.25, 1.3],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    if (shape === 2) return wrapped(kit)
    const colour = shade(main, 0.2)
    return (
      kit.shadow(405, FLOOR, 200) +
      (shape === 3
        ? path(
            outline(400, [560, 220, 590, 210, 624, 120, 636, 110]),
            kit.turned(ornament ? kit.wood : shade(accent, 0.1)),
          ) + ellipse(400, 560, 220, 40, shade(ornament ? kit.wood : accent, -0.1))
        : bar(kit, 300, 540, shade(accent, 0.15), shape === 1)) +
      bar(kit, shape === 3 ? 270 : 250, shape === 3 ? 468 : 440, colour, shape === 1 || shape === 3)
    )
  },
}

function bar(kit: Kit, x: number, y: number, colour: string, isOval: boolean): string {
  const { ornament } = kit
  const radius = isOval ? 50 : 18
  const swirl = ornament
    ? group(
        stroke(
          d`M${x} ${y + 30}q70 -40 140 0t140 0M${x} ${y + 62}q70 30 140 0t140 -10`,
          shade(colour, -0.35),
          12,
          opacity(0.3),
        ),
        kit.clip(d`M${x} ${y}h260v96h-260Z`),
      )
    : ''
  return (
    box(x, y + 18, 260, 84, radius, shade(colour, -0.3)) +
    box(
      x,
      y,
      260,
      92,
      radius,
      kit.linear([0, 0, 1, 1], [0, shade(colour, 0.4)], [0.5, colour], [1, shade(colour, -0.18)]),
    ) +
    swirl +
    box(x + 46, y + 24, 168, 44, 22, 'none', ` stroke="${shade(colour, -0.28)}" stroke-width="3"${opacity(0.6)}`) +
    box(x + 82, y + 42, 96, 8, 4, shade(colour, -0.3), opacity(0.5)) +
    stroke(d`M${x + 26} ${y + 10}H${x + 190}`, '#fff', 6, opacity(0.5))
  )
}

function wrapped(kit: Kit): string {
  const { main, accent, ornament } = kit
  const paper = ornament ? shade(accent, 0.2) : '#e9dcc4'
  return (
    kit.shadow(405, FLOOR, 190) +
    box(
      230,
      450,
      340,
      186,
      10,
      kit.linear([0, 0, 1, 1], [0, shade(paper, 0.3)], [0.5, paper], [1, shade(paper, -0.2)]),
    ) +
    path('M230 460L290 543L230 626Z', shade(paper, -0.1)) +
    path('M570 460L510 543L570 626Z', shade(paper, -0.24)) +
    box(330, 450, 140, 186, 0, kit.flat(main)) +
    leaf(400, 552, 56, 18, 0, shade(accent, 0.4), main) +
    leaf(400, 552, 46, 15, -52, shade(accent, 0.4), main) +
    leaf(400, 552, 46, 15, 52, shade(accent, 0.4), main) +
    box(356, 576, 88, 8, 3, shade(accent, 0.4)) +
    box(370, 596, 60, 6, 3, shade(accent, 0.4), opacity(0.7))
  )
}
