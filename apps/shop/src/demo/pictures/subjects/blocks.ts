import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Building blocks: a tower, a house, a castle and an arch. */
export const blocks: Subject = {
  setting: 'room',
  focus: [400, 480, 1.5],
  contextScale: 0.7,
  draw(kit) {
    return kit.shadow(405, FLOOR, 240) + (FORMS[kit.shape] ?? tower)(kit)
  },
}

const FORMS = [tower, house, castle, arches]

function colour(kit: Kit, index: number): string {
  const { main, accent, wood, ornament } = kit
  const list = ornament
    ? [main, '#d0694a', '#e0a63e', '#6f9a7c', '#4f7ba3', wood, '#c98f9b']
    : [main, wood, shade(main, 0.35), accent, wood, shade(main, -0.2)]
  return list[index % list.length] ?? main
}

function block(kit: Kit, x: number, y: number, width: number, height: number, index: number): string {
  const tone = colour(kit, index)
  return (
    path(d`M${x + width} ${y}l16 -10v${height}l-16 10Z`, shade(tone, -0.36)) +
    path(d`M${x} ${y}l16 -10h${width}l-16 10Z`, shade(tone, 0.4)) +
    box(x, y, width, height, 2, kit.linear([0, 0, 1, 1], [0, shade(tone, 0.2)], [1, shade(tone, -0.1)])) +
    stroke(d`M${x + 8} ${y + height * 0.4}q${width * 0.4} 5 ${width - 16} 0`, shade(tone, -0.4), 1.5, opacity(0.25))
  )
}

function roof(kit: Kit, x: number, y: number, width: number, height: number, index: number): string {
  const tone = colour(kit, index)
  return (
    path(
      d`M${x + width} ${y}l16 -10L${x + width / 2 + 16} ${y - height - 10}L${x + width / 2} ${y - height}Z`,
      shade(tone, -0.36),
    ) +
    path(
      d`M${x} ${y}L${x + width / 2} ${y - height}L${x + width} ${y}Z`,
      kit.linear([0, 0, 1, 1], [0, shade(tone, 0.24)], [1, shade(tone, -0.12)]),
    )
  )
}

function arch(kit: Kit, x: number, y: number, width: number, height: number, index: number): string {
  const tone = colour(kit, index)
  const hole = width * 0.3
  return (
    path(d`M${x + width} ${y}l16 -10v${height}l-16 10Z`, shade(tone, -0.36)) +
    path(d`M${x} ${y}l16 -10h${width}l-16 10Z`, shade(tone, 0.4)) +
    path(
      d`M${x} ${y}h${width}v${height}h${-(width / 2 - hole)}a${hole} ${hole} 0 0 0 ${-2 * hole} 0H${x}Z`,
      kit.linear([0, 0, 1, 1], [0, shade(tone, 0.2)], [1, shade(tone, -0.1)]),
    )
  )
}

function tower(kit: Kit): string {
  return (
    block(kit, 220, 560, 150, 80, 0) +
    block(kit, 410, 560, 150, 80, 1) +
    block(kit, 270, 480, 230, 80, 3) +
    block(kit, 300, 400, 84, 80, 2) +
    block(kit, 400, 400, 84, 80, 5) +
    block(kit, 330, 330, 120, 70, 4) +
    roof(kit, 330, 330, 120, 90, 0) +
    block(kit, 600, 590, 50, 50, 3)
  )
}

function house(kit: Kit): string {
  return (
    block(kit, 230, 540, 90, 100, 1) +
    arch(kit, 320, 520, 170, 120, 0) +
    block(kit, 490, 540, 90, 100, 1) +
    block(kit, 230, 460, 350, 70, 3) +
    block(kit, 270, 390, 80, 70, 2) +
    block(kit, 460, 390, 80, 70, 2) +
    roof(kit, 250, 390, 310, 130, 5) +
    circle(405, 340, 22, kit.ball(colour(kit, 4)))
  )
}

function castle(kit: Kit): string {
  const turret = (x: number, top: number, index: number) =>
    block(kit, x, top, 90, 640 - top, index) + roof(kit, x - 8, top, 106, 90, index + 3)
  return (
    turret(180, 400, 0) +
    arch(kit, 280, 500, 220, 140, 1) +
    [290, 366, 442].map((x, index) => block(kit, x, 456, 44, 44, index + 2)).join('') +
    turret(510, 400, 0) +
    block(kit, 350, 380, 90, 76, 5) +
    roof(kit, 342, 380, 106, 110, 2)
  )
}

function arches(kit: Kit): string {
  return (
    arch(kit, 180, 520, 200, 120, 0) +
    arch(kit, 400, 520, 200, 120, 3) +
    block(kit, 200, 450, 380, 60, 1) +
    arch(kit, 290, 350, 200, 100, 5) +
    roof(kit, 310, 340, 160, 100, 2) +
    circle(640, 606, 34, kit.ball(colour(kit, 2)))
  )
}
