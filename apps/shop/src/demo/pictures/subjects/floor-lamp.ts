import { shade } from '../colour.ts'
import { d, ellipse, type Kit, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow } from '../surfaces.ts'
import { outline } from '../turning.ts'

/** A pole with a drum, a reading lamp, an arc or a tripod. */
export const floorLamp: Subject = {
  setting: 'room',
  focus: [400, 240, 1.6],
  contextScale: 0.98,
  draw(kit) {
    return (FORMS[kit.shape] ?? drum)(kit)
  },
}

const FORMS = [drum, reading, arc, tripod]

function pole(kit: Kit, line: string, width = 11): string {
  const colour = kit.ornament ? '#b08d52' : '#35333a'
  return (
    stroke(line, shade(colour, -0.2), width) +
    stroke(line, shade(colour, 0.35), width * 0.35, ' transform="translate(-2 0)"')
  )
}

function foot(kit: Kit, x: number): string {
  const colour = kit.ornament ? '#b08d52' : '#35333a'
  return (
    kit.shadow(x + 5, 636, 90, 14) +
    path(outline(x, [624, 76, 636, 78]), kit.turned(colour)) +
    ellipse(x, 624, 76, 13, shade(colour, 0.2))
  )
}

function lit(kit: Kit, body: string, colour: string): string {
  return (
    path(body, kit.turned(colour)) + path(body, kit.radial([0.5, 0.7, 0.7], [0, '#fff1c9', 0.9], [1, '#ffe0a0', 0]))
  )
}

function drum(kit: Kit): string {
  return (
    foot(kit, 400) +
    pole(kit, 'M400 626L400 250') +
    lit(kit, outline(400, [110, 120, 270, 140]), shade(kit.main, 0.4)) +
    ellipse(400, 110, 120, 19, '#fff3d0') +
    glow(kit, 400, 220, 300, 220, 0.35)
  )
}

function reading(kit: Kit): string {
  return (
    foot(kit, 330) +
    pole(kit, 'M330 626L330 190Q332 166 356 162L480 150') +
    `<g transform="rotate(24 500 170)">${ellipse(500, 236, 76, 14, '#fff1cc')}${lit(
      kit,
      outline(500, [150, 20, 162, 34, 236, 78]),
      kit.main,
    )}</g>` +
    glow(kit, 480, 330, 220, 200, 0.35)
  )
}

function arc(kit: Kit): string {
  return (
    foot(kit, 240) +
    pole(kit, 'M240 626L240 330C240 60 540 40 574 240', 12) +
    ellipse(578, 326, 108, 20, '#fff1cc') +
    lit(kit, outline(578, [232, 18, 244, 60, 326, 110]), kit.main) +
    glow(kit, 578, 380, 220, 170, 0.4)
  )
}

function tripod(kit: Kit): string {
  const leg = (x: number, y: number, tone: number) =>
    path(
      d`M394 300L410 300L${x + 7} ${y}L${x - 7} ${y}Z`,
      kit.linear([0, 0, 1, 0], [0, shade(kit.wood, 0.2 + tone)], [1, shade(kit.wood, -0.3 + tone)]),
    )
  return (
    kit.shadow(405, 630, 160, 26) +
    leg(420, 606, -0.2) +
    leg(262, 640, 0) +
    leg(540, 640, 0) +
    stroke('M330 480L474 480', '#35333a', 6) +
    lit(kit, outline(400, [120, 108, 290, 156]), kit.ornament ? '#f0e3cb' : shade(kit.main, 0.25)) +
    ellipse(400, 120, 108, 17, '#fff3d0') +
    glow(kit, 400, 240, 300, 220, 0.35)
  )
}
