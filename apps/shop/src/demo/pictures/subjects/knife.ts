import { shade } from '../colour.ts'
import { box, circle, d, group, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { grain } from '../surfaces.ts'

/** A chef's knife, a santoku, a paring knife or a bread knife, laid on the counter. */
export const knife: Subject = {
  setting: 'table',
  isFlat: [true, true, true, true],
  focus: [470, 380, 1.7],
  contextScale: 0.6,
  draw(kit) {
    const { shape, ornament, main } = kit
    const grip = main
    const blade = BLADES[shape] ?? BLADES[0]
    const handle = 'M470 380L486 372Q600 366 668 374Q704 380 702 412Q698 440 668 436Q590 424 486 432L470 426Z'
    const steel = kit.linear(
      [0, 0, 0, 1],
      [0, '#8d9096'],
      [0.35, '#e9ebed'],
      [0.62, '#c3c7cb'],
      [0.64, '#f6f7f8'],
      [1, '#a9adb3'],
    )
    const whole = blade + handle
    const size = shape === 2 ? 0.86 : 1.04
    const drawn =
      path(blade, steel) +
      (ornament ? group(waves(), kit.clip(blade)) : '') +
      stroke('M120 386L470 376', '#fff', 2.5, opacity(0.6)) +
      box(462, 372, 26, 60, 5, kit.down('#9b9da2', 2)) +
      path(handle, kit.linear([0, 0, 0, 1], [0, shade(grip, 0.22)], [0.45, grip], [1, shade(grip, -0.42)])) +
      grain(486, 372, 216, 60, grip, kit.clip(handle), ornament ? 6 : 3) +
      [540, 600, 660].map((x) => circle(x, 403, 8, '#d8d4cb') + circle(x - 1.5, 401, 4, '#fff', opacity(0.8))).join('')
    return `<g transform="rotate(-24 400 420) translate(${400 - 400 * size} ${440 - 400 * size}) scale(${size})">${path(whole, '#241a16', ` transform="translate(12 34)"${opacity(0.22)}${kit.blur(9)}`)}${drawn}</g>`
  },
}

const BLADES: [string, ...string[]] = [
  'M470 376Q300 362 170 398Q120 412 92 436Q250 478 470 470Z',
  'M470 376L190 372Q128 378 108 440Q108 462 140 464L470 468Z',
  'M470 380Q340 372 250 392Q214 402 196 420Q320 440 470 434Z',
  'M470 378L130 380Q104 384 96 420q12 14 24 8q12 10 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q12 12 24 2q20 10 36 0L470 440Z',
]

function waves(): string {
  return many(6, (index) =>
    stroke(d`M90 ${400 + index * 12}q50 -14 100 0t100 0t100 0t100 0`, '#6f747b', 2.5, opacity(0.3)),
  )
}
