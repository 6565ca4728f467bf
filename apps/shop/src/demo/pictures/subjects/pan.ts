import { shade } from '../colour.ts'
import { circle, d, ellipse, FLOOR, group, type Kit, many, moved, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { outline, type Profile } from '../turning.ts'

/** A frying pan, a sauté pan, a grill pan or a wok. */
export const pan: Subject = {
  setting: 'table',
  focus: [505, 500, 1.65],
  contextScale: 0.8,
  studioZoom: [1.08, 1.08, 1.08, 1.08],
  draw(kit) {
    const { main, shape, ornament } = kit
    const profile = PROFILES[shape] ?? PROFILES[0]
    const [top = 0, radius = 0] = profile
    const surface = d`M${330 - radius + 14} ${top + 3}a${radius - 14} ${(radius - 14) * 0.34} 0 1 0 ${2 * radius - 28} 0a${radius - 14} ${(radius - 14) * 0.34} 0 1 0 ${28 - 2 * radius} 0Z`
    const inside = kit.radial([0.42, 0.35, 0.75], [0, '#6b6a6c'], [0.6, '#3b3a3e'], [1, '#232226'])
    const body =
      kit.shadow(330, FLOOR - 8, 200, 34) +
      handle(kit, top, radius) +
      path(outline(330, profile, 0.34), kit.turned(main)) +
      ellipse(330, top, radius, radius * 0.34, shade(main, 0.22)) +
      path(surface, inside) +
      group(
        (shape === 2
          ? many(13, (index) =>
              stroke(d`M${150 + index * 30} ${top - 90}L${130 + index * 34} ${top + 90}`, '#1a191c', 8, opacity(0.6)),
            )
          : many(3, (index) =>
              ellipse(
                330,
                top + 16,
                radius * (0.82 - index * 0.22),
                radius * (0.26 - index * 0.07),
                'none',
                ` stroke="#fff" stroke-width="1.5"${opacity(0.1)}`,
              ),
            )) +
          path(
            d`M${330 - radius} ${top}Q${330 - radius * 0.4} ${top - radius * 0.5} ${330 + radius * 0.2} ${top - radius * 0.4}L${330 - radius * 0.5} ${top + radius * 0.1}Z`,
            '#fff',
            opacity(0.1),
          ),
        kit.clip(surface),
      ) +
      (ornament && shape !== 3
        ? circle(330, top + 10, 14, 'none', ` stroke="#fff" stroke-width="3"${opacity(0.16)}`)
        : '')
    // The handle reaches far to the right: the pan as a whole stands in the middle.
    return moved(body, -38, 0, 1)
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [520, 214, 540, 206, 600, 166, 612, 150],
  [480, 198, 500, 196, 600, 192, 612, 180],
  [515, 210, 530, 206, 600, 176, 612, 164],
  [470, 224, 500, 214, 570, 150, 612, 84],
]

function handle(kit: Kit, top: number, radius: number): string {
  const x = 330 + radius
  const grip = kit.ornament ? kit.wood : '#3a393d'
  const shape = d`M${x - 24} ${top - 14}L${x + 40} ${top - 34}Q${x + 120} ${top - 70} ${x + 190} ${top - 96}Q${x + 218} ${top - 100} ${x + 216} ${top - 78}Q${x + 212} ${top - 64} ${x + 190} ${top - 54}L${x + 50} ${top + 6}L${x - 20} ${top + 22}Z`
  return (
    path(shape, kit.linear([0, 0, 0.25, 1], [0, shade(grip, 0.25)], [0.5, grip], [1, shade(grip, -0.4)])) +
    ellipse(x + 190, top - 76, 10, 7, shade(grip, -0.6), ` transform="rotate(-22 ${x + 190} ${top - 76})"`) +
    stroke(d`M${x + 30} ${top - 22}Q${x + 110} ${top - 58} ${x + 176} ${top - 84}`, '#fff', 4, opacity(0.22)) +
    path(
      d`M${x - 30} ${top - 8}L${x + 34} ${top - 32}L${x + 44} ${top + 8}L${x - 24} ${top + 24}Z`,
      kit.metal('#a8a6a4'),
    )
  )
}
