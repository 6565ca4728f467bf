import { shade } from '../colour.ts'
import { box, d, ellipse, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { speckles } from '../surfaces.ts'
import { band, mouth, outline, type Profile, TILT } from '../turning.ts'

/** A straight mug, an espresso cup, a latte cup or an enamel mug. */
export const mug: Subject = {
  setting: 'table',
  focus: [450, 470, 1.7],
  contextScale: 0.52,
  draw(kit) {
    const { main, accent, ornament } = kit
    const form = FORMS[kit.shape] ?? FORMS[0]
    const { profile, handle, saucer } = form
    const [top = 0, radius = 0] = profile
    const body = outline(380, profile)
    const isEnamel = kit.shape === 3
    const clip = kit.clip(body)
    return (
      kit.shadow(390, FLOOR - 2, saucer ? 230 : 140) +
      (saucer ? plate(kit) : '') +
      stroke(handle, shade(main, -0.24), 34) +
      stroke(handle, shade(main, -0.04), 25) +
      stroke(handle, '#fff', 6, ` stroke-dasharray="90 400" transform="translate(-2 -8)"${opacity(0.35)}`) +
      path(body, kit.turned(main)) +
      (ornament
        ? group(band(380, 545, 240, 200, kit.turned(isEnamel ? main : accent)), clip) +
          group(band(380, 541, 240, 5, shade(main, -0.3), opacity(0.35)), clip)
        : '') +
      (isEnamel ? '' : speckles(240, 320, 280, 330, shade(main, -0.55), clip)) +
      group(box(380 - radius * 0.78, top + 24, radius * 0.17, 300, 16, kit.gleam(0.4, [0, 0, 0, 1])), clip) +
      mouth(kit, 380, top, radius, isEnamel ? 7 : 10, isEnamel ? '#2b2c31' : main, isEnamel ? '#f4efe6' : main) +
      ellipse(
        380,
        top + 10,
        radius - 20,
        (radius - 20) * TILT - 3,
        kit.radial([0.4, 0.3, 0.8], [0, '#7a4a2b'], [1, '#2e190f']),
      ) +
      stroke(d`M${380 - radius * 0.5} ${top + 12}q${radius * 0.2} 6 ${radius * 0.5} 5`, '#c79a6b', 4, opacity(0.5))
    )
  },
}

interface Form {
  profile: Profile
  handle: string
  saucer?: boolean
}

const FORMS: [Form, ...Form[]] = [
  {
    profile: [330, 122, 440, 121, 560, 117, 612, 106, 636, 84],
    handle: 'M494 392C600 366 612 566 486 552',
  },
  {
    profile: [428, 92, 480, 90, 550, 74, 588, 56, 596, 50],
    handle: 'M464 462C540 442 540 548 446 542',
    saucer: true,
  },
  {
    profile: [402, 150, 450, 146, 520, 122, 576, 84, 594, 62],
    handle: 'M516 448C606 426 606 540 486 536',
    saucer: true,
  },
  {
    profile: [346, 128, 480, 126, 632, 122, 638, 118],
    handle: 'M504 402C604 402 604 572 500 566',
  },
]

function plate(kit: Kit): string {
  const rim = outline(380, [596, 216, 606, 196, 630, 110, 636, 96])
  return (
    path(rim, kit.turned(kit.main)) +
    ellipse(380, 596, 216, 34, shade(kit.main, 0.2)) +
    ellipse(380, 598, 206, 30, kit.flat(shade(kit.main, 0.04))) +
    ellipse(392, 602, 96, 14, '#241a16', opacity(0.28))
  )
}
