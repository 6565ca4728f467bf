import { shade } from '../colour.ts'
import { circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow } from '../surfaces.ts'
import { band, outline } from '../turning.ts'

/** A storm lantern, a square one and two that charge. */
export const lantern: Subject = {
  setting: 'outside',
  focus: [400, 450, 1.5],
  contextScale: 0.7,
  draw(kit) {
    return (
      kit.shadow(405, FLOOR, 130) +
      (kit.shape === 0 || kit.shape === 1 ? storm(kit) : modern(kit)) +
      glow(kit, 400, 440, 280, 260, 0.5)
    )
  },
}

function flameLight(kit: Kit): string {
  return (
    circle(400, 440, 96, kit.radial([0.5, 0.5, 0.5], [0, '#fffbe6'], [0.4, '#ffe6a0', 0.9], [1, '#ffd98a', 0])) +
    path(
      'M400 376C424 414 432 440 400 470C368 440 378 414 400 376Z',
      kit.radial([0.5, 0.8, 0.8], [0, '#fffbe4'], [0.5, '#ffd978'], [1, '#f29a30']),
    )
  )
}

function storm(kit: Kit): string {
  const { main, shape, ornament } = kit
  const metal = main
  const isSquare = shape === 1
  const glass = isSquare ? 'M316 344L484 344L496 532L304 532Z' : outline(400, [346, 70, 430, 104, 530, 76])
  const paint = ornament ? kit.metal(metal) : kit.turned(metal)
  return (
    stroke('M290 330C280 60 520 60 510 330', shade(metal, -0.2), 9) +
    path('M372 150L428 150L440 230L360 230Z', paint) +
    path(outline(400, [222, 60, 250, 96, 290, 70, 330, 110, 346, 112]), paint) +
    path(glass, '#fff6df', opacity(0.5)) +
    flameLight(kit) +
    path(glass, kit.linear([0, 0, 1, 0], [0, '#fff', 0.5], [0.3, '#fff', 0.1], [1, '#9fb3b5', 0.35])) +
    stroke('M296 340L290 560M504 340L510 560', shade(metal, -0.1), 13) +
    (isSquare ? stroke('M400 344V532', shade(metal, -0.2), 6) : stroke('M326 436H474', shade(metal, -0.25), 5)) +
    path(outline(400, [526, 116, 540, 124, 610, 132, 636, 124]), paint) +
    ellipse(400, 526, 116, 20, shade(metal, 0.2)) +
    circle(500, 584, 15, kit.ball(shade(metal, -0.3)))
  )
}

function modern(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const radius = shape === 2 ? 104 : 120
  return (
    stroke(
      d`M${400 - radius + 10} 300C${400 - radius} 130 ${400 + radius} 130 ${400 + radius - 10} 300`,
      ornament ? '#8a5a38' : '#3a393d',
      13,
    ) +
    path(outline(400, [270, radius - 20, 286, radius, 336, radius]), kit.turned(main)) +
    ellipse(400, 270, radius - 20, 16, shade(main, 0.24)) +
    path(
      outline(
        400,
        shape === 2 ? [334, radius - 10, 520, radius - 10] : [334, radius - 20, 430, radius + 14, 520, radius - 20],
      ),
      kit.linear([0, 0, 1, 0], [0, '#f4dba2'], [0.3, '#fffaea'], [0.6, '#fff1c8'], [1, '#e6c383']),
    ) +
    (shape === 2 ? many(5, (index) => band(400, 356 + index * 32, radius - 10, 3, '#d9b56d', opacity(0.5))) : '') +
    path(outline(400, [514, radius, 530, radius + 6, 616, radius + 6, 636, radius - 4]), kit.turned(main)) +
    group(
      band(400, 600, radius + 10, 40, kit.turned(ornament ? accent : shade(main, -0.35))),
      kit.clip(outline(400, [514, radius, 530, radius + 6, 616, radius + 6, 636, radius - 4])),
    ) +
    circle(400, 572, 17, shade(main, -0.4)) +
    circle(400, 572, 6, '#a6e3b0')
  )
}
