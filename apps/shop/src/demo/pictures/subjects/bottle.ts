import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline, type Profile } from '../turning.ts'

/** A slim bottle, a wide one, a flask with a cup and a sports bottle. */
export const bottle: Subject = {
  setting: 'desk',
  focus: [400, 420, 1.5],
  contextScale: 0.66,
  studioZoom: [1, 1, 1, 1.04],
  draw(kit) {
    const { main, accent, shape, ornament, wood } = kit
    const profile = PROFILES[shape] ?? PROFILES[0]
    const [top = 0, neck = 0] = profile
    const radius = profile[7] ?? 0
    const body = outline(400, profile, 0.13)
    const clip = kit.clip(body)
    const steel = '#b9b7b4'
    return (
      kit.shadow(405, FLOOR, radius + 20) +
      path(body, kit.turned(main)) +
      group(
        (ornament
          ? band(400, 470, 130, shape === 1 ? 90 : 14, kit.turned(accent), '', 0.13) +
            (shape === 1 ? '' : band(400, 496, 130, 44, kit.turned(accent), '', 0.13))
          : '') +
          (shape === 3
            ? many(5, (index) => band(400, 420 + index * 22, 130, 5, shade(main, -0.4), opacity(0.4), 0.13))
            : '') +
          band(400, 610, 130, 60, shape === 3 ? shade(main, -0.3) : kit.metal(steel), '', 0.13) +
          box(400 - radius * 0.78, top + 40, radius * 0.17, 420, 12, kit.gleam(0.5, [0, 0, 0, 1])),
        clip,
      ) +
      (ornament
        ? ''
        : circle(400, 500, 20, 'none', ` stroke="${shade(accent, 0.1)}" stroke-width="5"`) +
          box(396, 480, 8, 40, 3, shade(accent, 0.1))) +
      lid(kit, shape, top, neck, ornament ? wood : shape === 2 ? steel : shade(main, -0.4))
    )
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [230, 46, 262, 48, 310, 84, 350, 96, 616, 96, 636, 90],
  [260, 84, 276, 90, 300, 112, 330, 116, 616, 116, 636, 110],
  [250, 78, 262, 82, 290, 98, 320, 100, 616, 100, 636, 94],
  [290, 66, 306, 80, 340, 104, 400, 100, 470, 88, 560, 100, 616, 102, 636, 94],
]

function lid(kit: Kit, shape: number, top: number, neck: number, colour: string): string {
  const paint = shape === 2 && !kit.ornament ? kit.metal(colour) : kit.turned(colour)
  if (shape === 2)
    return (
      path(outline(400, [top - 130, 74, top - 122, 82, top - 4, 86, top + 6, 86], 0.13), paint) +
      ellipse(400, top - 129, 74, 10, shade(colour, 0.3)) +
      stroke(d`M486 ${top - 96}c54 0 54 70 0 70`, shade(colour, -0.2), 13)
    )
  if (shape === 3)
    return (
      path(outline(400, [top - 40, 50, top - 30, 64, top + 10, 72], 0.13), paint) +
      box(376, top - 88, 48, 54, 14, kit.turned(kit.accent)) +
      stroke(d`M340 ${top - 20}Q320 ${top - 110} 376 ${top - 100}`, shade(colour, 0.1), 9)
    )
  const loop = d`M${400 - neck * 0.6} ${top - 44}C${400 - neck * 0.6} ${top - 112} ${400 + neck * 0.6} ${top - 112} ${400 + neck * 0.6} ${top - 44}`
  return (
    stroke(loop, shade(colour, -0.15), 15) +
    stroke(loop, '#fff', 4, opacity(0.25)) +
    path(outline(400, [top - 54, neck * 0.86, top - 46, neck + 5, top + 12, neck + 6], 0.13), paint) +
    ellipse(400, top - 53, neck * 0.88, neck * 0.12, shade(colour, 0.26))
  )
}
