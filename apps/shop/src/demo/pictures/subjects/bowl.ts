import { shade } from '../colour.ts'
import { ellipse, FLOOR, group, type Kit, opacity, path } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { speckles } from '../surfaces.ts'
import { band, mouth, outline, type Profile } from '../turning.ts'

/** A wide bowl, a deep one, one on a foot, and a nest of three. */
export const bowl: Subject = {
  setting: 'table',
  focus: [400, 500, 1.6],
  contextScale: 0.62,
  draw(kit) {
    const { main, accent, shape } = kit
    if (shape === 3)
      return (
        kit.shadow(400, FLOOR, 180) +
        one(kit, [516, 214, 540, 208, 600, 150, 634, 84], main, false) +
        one(kit, [466, 172, 490, 168, 540, 124, 574, 72], accent, false) +
        one(kit, [424, 132, 446, 128, 490, 96, 520, 54], shade(main, 0.35), kit.ornament)
      )
    return kit.shadow(400, FLOOR, 150) + one(kit, PROFILES[shape] ?? PROFILES[0], main, kit.ornament)
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [452, 226, 480, 220, 560, 172, 616, 104, 634, 84],
  [400, 186, 430, 186, 530, 166, 606, 110, 634, 86],
  [414, 210, 440, 196, 530, 130, 594, 72, 612, 70, 634, 80],
]

function one(kit: Kit, profile: Profile, colour: string, ornament: boolean): string {
  const [top = 0, radius = 0] = profile
  const body = outline(400, profile, 0.24)
  const clip = kit.clip(body)
  const stripes = group(
    band(400, top + 44, radius, 16, kit.turned(kit.accent), '', 0.24) +
      band(400, top + 70, radius, 6, kit.turned(kit.accent), '', 0.24),
    clip,
  )
  return (
    path(body, kit.turned(colour)) +
    (ornament ? stripes : speckles(400 - radius, top, radius * 2, 240, shade(colour, -0.55), clip)) +
    group(band(400, 604, 150, 60, shade(colour, -0.4), opacity(0.5), 0.24), clip) +
    mouth(kit, 400, top, radius, 9, colour, shade(colour, 0.12), 0.24) +
    group(ellipse(430, top + radius * 0.1, radius * 0.6, radius * 0.1, '#fff'), opacity(0.12))
  )
}
