import { shade } from '../colour.ts'
import { d, ellipse, type Kit, moved, opacity, path, stroke } from '../kit.ts'
import { books, fruit, vase } from '../props.ts'
import type { Subject } from '../subject.ts'
import { grain } from '../surfaces.ts'
import { outline } from '../turning.ts'

/** A round coffee table, a side table, a long dining table or an oval one. */
export const table: Subject = {
  setting: 'room',
  focus: [400, 430, 1.5],
  contextScale: 0.92,
  draw(kit) {
    return (FORMS[kit.shape] ?? coffee)(kit)
  },
}

const FORMS = [coffee, side, long, oval]

function leg(kit: Kit, x: number, y: number, footX: number, footY: number, width = 20): string {
  const paint = kit.linear([0, 0, 1, 0], [0, shade(kit.wood, 0.18)], [1, shade(kit.wood, -0.38)])
  return path(
    d`M${x - width / 2} ${y}L${x + width / 2} ${y}L${footX + width * 0.3} ${footY}L${footX - width * 0.3} ${footY}Z`,
    paint,
  )
}

function roundTop(kit: Kit, y: number, radius: number, thickness: number): string {
  const { wood } = kit
  const ry = radius * 0.24
  const face = d`M${400 - radius} ${y}a${radius} ${ry} 0 1 1 ${2 * radius} 0a${radius} ${ry} 0 1 1 ${-2 * radius} 0Z`
  return (
    path(
      d`M${400 - radius} ${y}v${thickness}a${radius} ${ry} 0 0 0 ${2 * radius} 0v${-thickness}Z`,
      kit.turned(shade(wood, -0.12)),
    ) +
    path(face, kit.linear([0, 0, 1, 0.6], [0, shade(wood, 0.3)], [0.5, shade(wood, 0.06)], [1, shade(wood, -0.12)])) +
    grain(400 - radius, y - ry, radius * 2, ry * 2, wood, kit.clip(face), 9)
  )
}

function coffee(kit: Kit): string {
  return (
    kit.shadow(410, 634, 240, 40) +
    leg(kit, 420, 480, 430, 590) +
    leg(kit, 270, 490, 236, 630, 24) +
    leg(kit, 530, 490, 566, 630, 24) +
    (kit.ornament ? ellipse(400, 560, 180, 34, shade(kit.wood, -0.2)) : '') +
    roundTop(kit, 460, 270, 20)
  )
}

function side(kit: Kit): string {
  return (
    kit.shadow(406, 634, 150, 28) +
    (kit.ornament
      ? path('M388 340L412 340L414 600L386 600Z', kit.turned(kit.wood)) +
        path(outline(400, [598, 20, 612, 110, 634, 120]), kit.turned(kit.wood))
      : leg(kit, 404, 350, 408, 600) + leg(kit, 320, 352, 286, 636, 22) + leg(kit, 480, 352, 514, 636, 22)) +
    roundTop(kit, 320, 168, 18) +
    books(kit, 380, 314, [kit.main, kit.accent])
  )
}

function long(kit: Kit): string {
  const { wood } = kit
  const face = 'M170 360L640 360L730 432L70 432Z'
  return (
    kit.shadow(410, 634, 330, 30) +
    leg(kit, 206, 390, 210, 584, 24) +
    leg(kit, 604, 390, 600, 584, 24) +
    leg(kit, 112, 440, 108, 640, 32) +
    leg(kit, 690, 440, 694, 640, 32) +
    path('M96 452L704 452L704 486L96 486Z', kit.down(shade(wood, -0.3))) +
    path('M70 432L730 432L730 458L70 458Z', kit.linear([0, 0, 1, 0], [0, shade(wood, 0.1)], [1, shade(wood, -0.25)])) +
    path(face, kit.linear([0, 0, 1, 0.5], [0, shade(wood, 0.32)], [1, shade(wood, -0.06)])) +
    grain(60, 356, 680, 80, wood, kit.clip(face), 8) +
    (kit.ornament ? path('M330 360L470 360L492 432L308 432Z', kit.flat(kit.accent), opacity(0.9)) : '') +
    moved(vase(kit, 0, 0, kit.main), 400, 404, 0.9)
  )
}

function oval(kit: Kit): string {
  const { wood } = kit
  return (
    kit.shadow(410, 634, 260, 34) +
    [250, 550]
      .map((x) =>
        path(
          d`M${x - 26} 400L${x + 26} 400L${x + 14} 520L${x + 60} 634L${x + 30} 634L${x} 560L${x - 30} 634L${x - 60} 634L${x - 14} 520Z`,
          kit.flat(shade(wood, -0.12)),
        ),
      )
      .join('') +
    stroke('M262 520L540 520', shade(wood, -0.25), 16) +
    roundTop(kit, 372, 330, 24) +
    (kit.ornament ? fruit(kit, 400, 380, kit.main) : moved(vase(kit, 0, 0, kit.main), 400, 384, 0.9))
  )
}
