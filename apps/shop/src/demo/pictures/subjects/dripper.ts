import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, mouth, outline, type Profile, TILT } from '../turning.ts'

/** A pour-over cone on a server, two ways, and two servers. */
export const dripper: Subject = {
  setting: 'table',
  focus: [400, 330, 1.6],
  contextScale: 0.58,
  draw(kit) {
    const { shape } = kit
    const server = SERVERS[shape] ?? SERVERS[0]
    return (
      kit.shadow(405, FLOOR, 150) + carafe(kit, server) + (shape < 2 ? cone(kit, server[0] ?? 0) : lid(kit, server))
    )
  },
}

const SERVERS: [Profile, ...Profile[]] = [
  [440, 70, 456, 66, 500, 120, 600, 144, 632, 130],
  [440, 80, 452, 86, 560, 128, 610, 132, 632, 122],
  [330, 66, 360, 58, 440, 92, 570, 156, 622, 150, 634, 138],
  [360, 84, 372, 84, 470, 118, 590, 142, 632, 130],
]

function carafe(kit: Kit, profile: Profile): string {
  const body = outline(400, profile)
  const clip = kit.clip(body)
  const top = profile[0] ?? 0
  const level = Math.max(top + 120, 545)
  const handle = d`M${400 + (profile[3] ?? 0) + 8} ${top + 34}C620 ${top + 40} 620 600 528 596`
  return (
    stroke(handle, '#c6d4d6', 19) +
    stroke(handle, '#fff', 6, opacity(0.7)) +
    path(body, kit.linear([0, 0, 1, 0], [0, '#cfdcdd'], [0.3, '#f4f8f7'], [1, '#b9c9cb']), opacity(0.8)) +
    group(
      band(400, level, 200, 200, kit.linear([0, 0, 1, 0], [0.15, '#2b150b'], [0.4, '#6b3d22'], [0.8, '#2e170d'])) +
        ellipse(400, level, 148, 22, '#8c5a37') +
        box(288, top, 22, 300, 11, kit.gleam(0.7, [0, 0, 0, 1])),
      clip,
    ) +
    ellipse(400, top, profile[1] ?? 0, (profile[1] ?? 0) * TILT, '#eef4f3', ' stroke="#bccbcc" stroke-width="3"')
  )
}

function cone(kit: Kit, top: number): string {
  const colour = kit.main
  const body = outline(400, [top - 200, 148, top - 190, 144, top - 60, 62, top - 22, 50])
  const clip = kit.clip(body)
  const ribs = many(9, (index) =>
    stroke(
      d`M${270 + index * 34} ${top - 205}Q${330 + index * 19} ${top - 120} ${366 + index * 8} ${top - 10}`,
      shade(colour, -0.3),
      4,
    ),
  )
  const handle = d`M528 ${top - 168}C600 ${top - 180} 590 ${top - 70} 478 ${top - 84}`
  return (
    stroke(handle, shade(colour, -0.22), 27) +
    stroke(handle, shade(colour, 0.05), 18) +
    path(outline(400, [top - 22, 116, top - 10, 118, top - 2, 108]), kit.turned(kit.ornament ? kit.wood : colour)) +
    path(body, kit.turned(colour)) +
    group(ribs, clip + opacity(0.3)) +
    mouth(kit, 400, top - 200, 148, 9, colour) +
    path(
      d`M268 ${top - 203}L${300} ${top - 246}Q400 ${top - 228} 500 ${top - 246}L532 ${top - 203}Q400 ${top - 168} 268 ${top - 203}Z`,
      kit.flat('#efe3cd'),
    ) +
    ellipse(400, top - 200, 118, 17, kit.radial([0.45, 0.4, 0.7], [0, '#6f4327'], [1, '#2c170c']))
  )
}

function lid(kit: Kit, profile: Profile): string {
  const [top = 0, radius = 0] = profile
  const collar = kit.main
  return (
    path(
      outline(400, [top - 30, radius * 0.5, top - 22, radius * 0.9, top - 4, radius + 2, top + 8, radius + 1]),
      kit.turned(collar),
    ) +
    circle(400, top - 44, 18, kit.ball(kit.ornament ? kit.wood : collar)) +
    (kit.shape === 2 ? path(outline(400, [top + 28, radius - 2, top + 70, radius - 2]), kit.turned(collar)) : '')
  )
}
