import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow, speckles } from '../surfaces.ts'
import { band, outline } from '../turning.ts'

/** A ceramic lamp with a linen shade, a mushroom, a globe or a small dome. */
export const tableLamp: Subject = {
  setting: 'table',
  focus: [400, 330, 1.5],
  contextScale: 0.78,
  draw(kit) {
    return kit.shadow(405, FLOOR, 130) + (FORMS[kit.shape] ?? classic)(kit) + glow(kit, 400, 330, 330, 300, 0.32)
  },
}

const FORMS = [classic, mushroom, globe, dome]

function litShade(kit: Kit, body: string, colour: string): string {
  const light = kit.radial([0.5, 0.75, 0.7], [0, '#fff3cf', 0.95], [0.5, '#ffe4ab', 0.5], [1, '#ffe0a0', 0])
  return path(body, kit.turned(colour)) + path(body, light)
}

function classic(kit: Kit): string {
  const base = outline(400, [420, 16, 432, 22, 500, 84, 570, 96, 622, 62, 636, 56])
  const linen = outline(400, [196, 104, 400, 172])
  return (
    path(base, kit.ball(kit.main)) +
    (kit.ornament
      ? group(band(400, 520, 100, 14, kit.accent) + band(400, 546, 100, 6, kit.accent), kit.clip(base))
      : speckles(300, 430, 200, 200, shade(kit.main, -0.55), kit.clip(base))) +
    ellipse(362, 512, 18, 40, '#fff', opacity(0.25)) +
    box(392, 396, 16, 32, 3, kit.metal('#b58f50')) +
    litShade(kit, linen, '#f0e3cb') +
    ellipse(400, 196, 104, 16, '#fff6de') +
    ellipse(400, 198, 96, 12, '#e8cf9c') +
    group(
      many(9, (index) => stroke(d`M${312 + index * 22} 198L${252 + index * 37} 420`, '#b59a6c', 1.5)),
      kit.clip(linen) + opacity(0.25),
    )
  )
}

function mushroom(kit: Kit): string {
  const cap = outline(400, [216, 40, 226, 110, 290, 190, 360, 214])
  return (
    path(
      outline(400, [366, 34, 440, 32, 560, 52, 614, 96, 636, 100]),
      kit.turned(kit.ornament ? kit.accent : kit.main),
    ) +
    ellipse(400, 364, 206, 34, '#fff0c8') +
    litShade(kit, cap, kit.main) +
    ellipse(320, 270, 50, 20, '#fff', ` transform="rotate(-30 320 270)"${opacity(0.35)}`)
  )
}

function globe(kit: Kit): string {
  return (
    path(
      outline(400, [470, 60, 480, 62, 630, 66, 638, 62]),
      kit.ornament ? kit.turned(kit.wood) : kit.turned(kit.main),
    ) +
    ellipse(400, 470, 60, 10, shade(kit.main, 0.3)) +
    circle(400, 350, 132, kit.radial([0.42, 0.38, 0.62], [0, '#fffdf2'], [0.6, '#ffefc4'], [1, '#eccf92'])) +
    ellipse(352, 290, 34, 20, '#fff', ` transform="rotate(-35 352 290)"${opacity(0.9)}`)
  )
}

function dome(kit: Kit): string {
  const { main } = kit
  const metal = kit.ornament ? '#b58f50' : '#3b393c'
  return (
    path(outline(400, [606, 96, 620, 106, 636, 106]), kit.turned(main)) +
    ellipse(400, 606, 96, 16, shade(main, 0.22)) +
    stroke('M400 604L400 240', shade(metal, -0.1), 12) +
    stroke('M397 600L397 244', '#fff', 3, opacity(0.4)) +
    ellipse(400, 346, 148, 24, '#ffefc6') +
    litShade(kit, outline(400, [236, 26, 246, 60, 290, 120, 346, 150]), main) +
    circle(400, 228, 13, kit.ball(metal))
  )
}
