import { shade } from '../colour.ts'
import { box, d, ellipse, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { outline } from '../turning.ts'

/** A round stool, a padded one, a bar stool or a step. */
export const stool: Subject = {
  setting: 'room',
  focus: [400, 420, 1.5],
  contextScale: 0.8,
  draw(kit) {
    const { wood, main, shape, ornament } = kit
    const top = [380, 400, 250, 400][shape] ?? 380
    const radius = [140, 160, 118, 150][shape] ?? 140
    const frame = ornament ? shade(main, -0.05) : wood
    const spread = shape === 2 ? 30 : 44
    const leg = (x: number, footX: number, footY: number, tone: number) =>
      path(
        d`M${x - 12} ${top + 14}L${x + 12} ${top + 14}L${footX + 8} ${footY}L${footX - 8} ${footY}Z`,
        kit.linear([0, 0, 1, 0], [0, shade(frame, 0.2 + tone)], [1, shade(frame, -0.34 + tone)]),
      )
    const rung = shape === 2 ? 520 : 545
    const pad = shape === 1 || shape === 2
    return (
      kit.shadow(408, 634, radius + 30, 28) +
      leg(400 - radius * 0.45, 400 - radius * 0.45 - spread * 0.5, 606, -0.2) +
      leg(400 + radius * 0.45, 400 + radius * 0.45 + spread * 0.5, 606, -0.2) +
      stroke(d`M${400 - radius * 0.66} ${rung - 12}L${400 + radius * 0.66} ${rung - 12}`, shade(frame, -0.35), 11) +
      leg(400 - radius * 0.7, 400 - radius * 0.7 - spread, 640, 0) +
      leg(400 + radius * 0.7, 400 + radius * 0.7 + spread, 640, 0) +
      stroke(d`M${400 - radius * 0.86} ${rung + 10}L${400 + radius * 0.86} ${rung + 10}`, shade(frame, 0), 12) +
      (pad
        ? path(
            outline(400, [top - 26, radius * 0.86, top - 8, radius, top + 14, radius * 0.96], 0.22),
            kit.turned(main),
          ) + ellipse(400, top - 24, radius * 0.9, radius * 0.2, kit.flat(shade(main, 0.14)))
        : path(outline(400, [top - 12, radius, top + 14, radius * 0.97], 0.22), kit.turned(shade(main, -0.1))) +
          ellipse(
            400,
            top - 12,
            radius,
            radius * 0.22,
            kit.linear([0, 0, 1, 0.5], [0, shade(main, 0.28)], [1, shade(main, -0.08)]),
          ) +
          ellipse(404, top - 10, radius * 0.62, radius * 0.11, shade(main, -0.22), opacity(0.25)) +
          (shape === 3 ? box(356, top - 18, 88, 12, 6, shade(main, -0.55)) : ''))
    )
  },
}
