import { shade } from '../colour.ts'
import { box, circle, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf, speckles } from '../surfaces.ts'
import { mouth, outline, type Profile, TILT } from '../turning.ts'

/** A pot on its saucer, a straight pot, a hanging one and one on a stand. */
export const planter: Subject = {
  setting: 'room',
  isFlat: [false, false, true, false],
  focus: [400, 480, 1.4],
  contextScale: 0.8,
  draw(kit) {
    return (FORMS[kit.shape] ?? saucered)(kit)
  },
}

const FORMS = [saucered, straight, hanging, stand]

function greenery(y: number, size: number): string {
  return [-70, -46, -24, -4, 18, 40, 64]
    .map((tilt, index) =>
      leaf(
        400 + tilt * 0.5,
        y,
        size * (1 - Math.abs(tilt) / 220),
        size * 0.2,
        tilt,
        index % 2 ? '#6b9068' : '#507452',
        '#3f6147',
      ),
    )
    .join('')
}

function vessel(kit: Kit, profile: Profile): string {
  const body = outline(400, profile)
  const clip = kit.clip(body)
  const [top = 0, radius = 0] = profile
  return (
    path(body, kit.turned(kit.main)) +
    (kit.ornament
      ? group(
          many(14, (index) =>
            box(
              400 - radius + index * radius * 0.15,
              top,
              radius * 0.055,
              300,
              0,
              shade(kit.main, -0.3),
              opacity(0.35),
            ),
          ),
          clip,
        )
      : speckles(400 - radius, top, radius * 2, 250, shade(kit.main, -0.5), clip)) +
    group(box(400 - radius * 0.78, top + 14, radius * 0.14, 220, 10, kit.gleam(0.42, [0, 0, 0, 1])), clip) +
    mouth(kit, 400, top, radius, 10, kit.main) +
    ellipse(400, top + 5, radius - 18, (radius - 18) * TILT, '#4a382c')
  )
}

function saucered(kit: Kit): string {
  return (
    kit.shadow(405, FLOOR, 170) +
    path(outline(400, [606, 164, 620, 160, 636, 138]), kit.turned(shade(kit.main, -0.06))) +
    ellipse(400, 606, 164, 24, shade(kit.main, 0.18)) +
    vessel(kit, [400, 156, 420, 152, 600, 112, 614, 104]) +
    greenery(404, 230)
  )
}

function straight(kit: Kit): string {
  return (
    kit.shadow(405, FLOOR, 150) +
    [300, 484].map((x) => box(x, 600, 16, 40, 3, kit.down(kit.wood))).join('') +
    vessel(kit, [390, 146, 600, 146, 612, 140]) +
    greenery(394, 240)
  )
}

function hanging(kit: Kit): string {
  return (
    stroke('M400 -600L400 150', '#8c7453', 6) +
    stroke('M400 146L258 420M400 146L542 420', '#8c7453', 6) +
    greenery(420, 200) +
    vessel(kit, [416, 146, 440, 150, 520, 120, 580, 50, 590, 30]) +
    stroke('M400 150L400 432', '#8c7453', 6) +
    circle(400, 150, 11, '#8c7453')
  )
}

function stand(kit: Kit): string {
  const leg = (x: number, tone: number) => box(x, 400, 17, 240, 3, kit.flat(shade(kit.wood, tone)))
  return (
    kit.shadow(405, FLOOR, 170) +
    leg(326, -0.3) +
    leg(456, -0.3) +
    vessel(kit, [330, 136, 350, 138, 520, 126, 540, 116]) +
    greenery(334, 220) +
    leg(252, 0) +
    leg(532, -0.1) +
    path('M252 520H548V540H252Z', kit.down(kit.wood))
  )
}
