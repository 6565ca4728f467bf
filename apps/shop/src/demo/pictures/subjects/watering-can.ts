import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, mouth, outline, type Profile } from '../turning.ts'

/** A garden can with a rose, a long-spouted one, a small one and a round one. */
export const wateringCan: Subject = {
  setting: 'outside',
  focus: [400, 470, 1.4],
  contextScale: 0.86,
  draw(kit) {
    const { main, shape, ornament } = kit
    const colour = main
    const profile = PROFILES[shape] ?? PROFILES[0]
    const [top = 0, radius = 0] = profile
    const body = outline(440, profile)
    const handle =
      shape === 1 || shape === 2
        ? d`M${440 + radius - 6} ${top + 20}C700 ${top - 60} 700 560 ${560} 580`
        : d`M${440 - radius * 0.6} ${top + 4}C${400} ${top - 130} 640 ${top - 150} 640 ${top + 60}C640 520 610 560 570 570`
    return (
      kit.shadow(440, FLOOR, 160) +
      spout(kit, shape, colour) +
      stroke(handle, shade(colour, -0.3), 22) +
      stroke(handle, shade(colour, 0.14), 11, ' transform="translate(-2 -3)"') +
      path(body, shape === 3 ? kit.metal(colour) : kit.turned(colour)) +
      group(
        band(440, 470, 170, 8, shade(colour, -0.3), opacity(0.5)) +
          band(440, 490, 170, 8, shade(colour, 0.3), opacity(0.4)) +
          box(440 - radius * 0.8, top, 22, 250, 11, kit.gleam(0.4, [0, 0, 0, 1])) +
          (ornament ? band(440, 540, 180, 50, kit.turned(kit.accent)) : ''),
        kit.clip(body),
      ) +
      mouth(kit, 440, top, radius, 7, colour)
    )
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [400, 120, 420, 124, 620, 140, 636, 136],
  [420, 90, 440, 100, 610, 126, 634, 120],
  [450, 76, 480, 100, 560, 134, 620, 122, 634, 112],
  [420, 70, 440, 110, 530, 150, 610, 132, 634, 116],
]

function spout(kit: Kit, shape: number, colour: string): string {
  if (shape === 1 || shape === 2)
    return (
      stroke('M330 590C220 580 200 400 110 300', shade(colour, -0.26), 24) +
      stroke('M328 584C226 574 206 400 112 302', shade(colour, 0.16), 12)
    )
  return (
    path(
      'M330 600L318 520L150 330L128 350Z',
      kit.linear([0, 0, 1, 1], [0, shade(colour, 0.18)], [1, shade(colour, -0.26)]),
    ) +
    stroke('M330 420L236 420', shade(colour, -0.2), 10) +
    `<g transform="rotate(-42 138 338)">${ellipse(138, 316, 54, 17, kit.flat(shade(colour, 0.1)))}${path('M84 316Q138 352 192 316L154 352L122 352Z', kit.turned(colour))}${many(9, (index) => circle(100 + (index % 5) * 19, 311 + Math.floor(index / 5) * 9, 2.6, shade(colour, -0.6)))}</g>`
  )
}
