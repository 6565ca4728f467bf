import { shade } from '../colour.ts'
import { box, circle, d, ellipse, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow } from '../surfaces.ts'
import { band, outline } from '../turning.ts'

/** A dome, a cone, a paper lantern or a glass globe, hanging. */
export const pendant: Subject = {
  setting: 'ceiling',
  isFlat: [true, true, true, true],
  focus: [400, 400, 1.4],
  contextScale: 0.74,
  draw(kit) {
    const cable = kit.ornament ? '#b58f50' : '#37343a'
    return stroke('M400 -400L400 250', cable, 6) + (FORMS[kit.shape] ?? dome)(kit) + glow(kit, 400, 520, 360, 240, 0.35)
  },
}

const FORMS = [dome, cone, paper, glass]

function cap(kit: Kit, y: number): string {
  return path(outline(400, [y, 18, y + 10, 28, y + 44, 30]), kit.metal(kit.ornament ? '#b58f50' : '#5a585c'))
}

function dome(kit: Kit): string {
  const body = outline(400, [286, 34, 300, 90, 370, 176, 450, 214, 470, 218])
  return (
    ellipse(400, 470, 218, 40, '#fff1cc') +
    ellipse(400, 470, 150, 22, '#fffbe9') +
    path(body, kit.turned(kit.main)) +
    (kit.ornament ? group(band(400, 440, 230, 50, kit.turned(kit.accent)), kit.clip(body)) : '') +
    ellipse(330, 360, 24, 60, '#fff', ` transform="rotate(28 330 360)"${opacity(0.28)}`) +
    cap(kit, 244)
  )
}

function cone(kit: Kit): string {
  const body = outline(400, [280, 40, 292, 46, 470, 206, 486, 212])
  return (
    ellipse(400, 486, 212, 38, '#fff1cc') +
    path(body, kit.turned(kit.main)) +
    path('M340 310L270 470L300 476L360 304Z', '#fff', opacity(0.25)) +
    (kit.ornament ? path(outline(400, [262, 30, 280, 42, 330, 86]), kit.turned(kit.wood)) : '') +
    cap(kit, 236)
  )
}

function paper(kit: Kit): string {
  const colour = shade(kit.main, 0.72)
  const ribs = many(9, (index) => {
    const y = 290 + index * 38
    const radius = Math.sqrt(Math.max(0, 190 ** 2 - (y - 442) ** 2))
    return stroke(
      d`M${400 - radius} ${y}A${radius} ${radius * 0.16} 0 0 0 ${400 + radius} ${y}`,
      shade(colour, -0.3),
      2.5,
      opacity(0.45),
    )
  })
  const shadeOf = kit.radial([0.46, 0.5, 0.56], [0, '#fffdf0'], [0.6, shade(colour, 0.2)], [1, shade(colour, -0.16)])
  return (
    ellipse(400, 442, 190, kit.ornament ? 160 : 190, shadeOf) +
    group(ribs, kit.ornament ? ' transform="translate(0 70) scale(1 .842)"' : '') +
    ellipse(400, kit.ornament ? 286 : 256, 46, 9, shade(colour, -0.35)) +
    cap(kit, kit.ornament ? 250 : 222)
  )
}

function glass(kit: Kit): string {
  const tint = shade(kit.main, 0.3)
  return (
    box(386, 296, 28, 56, 6, kit.metal('#b58f50')) +
    circle(400, 404, 46, kit.radial([0.45, 0.45, 0.6], [0, '#fffdf2'], [0.5, '#ffe9b0'], [1, '#e9b860'])) +
    stroke('M384 410q8 -26 16 0t16 0', '#d98b2b', 3) +
    circle(
      400,
      430,
      170,
      kit.radial([0.4, 0.35, 0.7], [0, tint, 0.08], [0.7, tint, 0.34], [1, shade(tint, -0.3), 0.62]),
    ) +
    circle(400, 430, 169, 'none', ` stroke="${shade(tint, -0.25)}" stroke-width="2.5"${opacity(0.6)}`) +
    path('M280 360Q310 290 370 276Q322 316 302 380Z', '#fff', opacity(0.6)) +
    ellipse(470, 540, 40, 16, '#fff', ` transform="rotate(-30 470 540)"${opacity(0.3)}`) +
    cap(kit, 236)
  )
}
