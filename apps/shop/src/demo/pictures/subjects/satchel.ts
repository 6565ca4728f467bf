import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, group, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { stitches, weave } from '../surfaces.ts'

/** Crossbody bags and messenger bags. */
export const satchel: Subject = {
  setting: 'bench',
  focus: [400, 500, 1.5],
  contextScale: 0.66,
  studioZoom: [1.1, 1.1, 1.06, 1.06],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const isWide = shape >= 2
    const half = isWide ? 220 : 165
    const top = isWide ? 380 : 400
    const strap = ornament ? accent : shape % 2 ? shade(main, -0.3) : '#8a5a38'
    const loop = d`M${400 - half + 20} ${top + 20}C${400 - half} 60 ${400 + half} 60 ${400 + half - 20} ${top + 20}`
    const flap =
      shape === 0
        ? d`M${400 - half - 4} ${top}H${400 + half + 4}V${top + 70}Q${400 + half} ${top + 176} 400 ${top + 176}Q${400 - half} ${top + 176} ${400 - half - 4} ${top + 70}Z`
        : d`M${400 - half - 4} ${top}H${400 + half + 4}L${400 + half - 6} ${top + 150}Q${400 + half - 8} ${top + 166} ${400 + half - 30} ${top + 166}H${400 - half + 30}Q${400 - half + 8} ${top + 166} ${400 - half + 6} ${top + 150}Z`
    return (
      kit.shadow(405, FLOOR, half + 6) +
      stroke(loop, shade(strap, -0.25), 17) +
      stroke(loop, shade(strap, 0.18), 5, ' transform="translate(-3 2)"') +
      box(
        400 - half,
        top,
        half * 2,
        636 - top,
        26,
        kit.linear([0, 0, 1, 0.5], [0, shade(main, 0.08)], [1, shade(main, -0.34)]),
      ) +
      path(flap, '#1a1418', ` transform="translate(4 9)"${opacity(0.22)}`) +
      path(flap, kit.linear([0, 0, 1, 0.7], [0, shade(main, 0.24)], [0.5, shade(main, 0.02)], [1, shade(main, -0.2)])) +
      (shape % 2 ? path(flap, weave(kit, main)) : '') +
      group(path(d`M${400 - half} ${top}h60q-20 90 0 180h-70Z`, '#fff', opacity(0.12)), kit.clip(flap)) +
      stitches(
        d`M${400 - half + 14} ${top + 14}V${top + 90}M${400 + half - 14} ${top + 14}V${top + 90}`,
        shade(main, -0.5),
        2,
      ) +
      (isWide
        ? [400 - half * 0.5, 400 + half * 0.5]
            .map(
              (x) =>
                box(x - 11, top + 90, 22, 130, 4, strap) +
                box(x - 17, top + 168, 34, 28, 4, 'none', ' stroke="#cda866" stroke-width="6"'),
            )
            .join('')
        : box(376, top + 130, 48, 62, 8, shade(strap, 0)) + circle(400, top + 166, 11, kit.ball('#d8b676'))) +
      [400 - half + 8, 400 + half - 8]
        .map((x) => box(x - 14, top + 4, 28, 44, 5, strap) + circle(x, top + 12, 8, '#cda866'))
        .join('') +
      (ornament && isWide ? box(400 - 60, top + 40, 120, 10, 3, accent) : '')
    )
  },
}
