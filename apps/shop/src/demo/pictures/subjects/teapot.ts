import { shade } from '../colour.ts'
import { circle, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { speckles } from '../surfaces.ts'
import { band, outline, type Profile, TILT } from '../turning.ts'

/** A round pot, a low pot with a bow handle, and two in cast iron. */
export const teapot: Subject = {
  setting: 'table',
  focus: [400, 430, 1.55],
  contextScale: 0.56,
  draw(kit) {
    const { main, shape, ornament } = kit
    const isIron = shape >= 2
    const colour = isIron ? shade(main, -0.28) : main
    const profile = PROFILES[shape] ?? PROFILES[0]
    const body = outline(400, profile)
    const clip = kit.clip(body)
    const [top = 0, neck = 0] = profile
    return (
      kit.shadow(405, FLOOR, 180) +
      path(
        'M262 520C200 500 186 440 140 424Q128 424 130 436C164 470 176 560 266 586Z',
        kit.flat(shade(colour, -0.04)),
      ) +
      handle(shape, colour, kit.wood) +
      path(body, kit.ball(colour)) +
      (isIron
        ? hobnails(colour, clip, top)
        : ornament
          ? glaze(kit, clip)
          : speckles(230, 380, 340, 250, shade(main, -0.55), clip)) +
      ellipse(330, 470, 46, 26, '#fff', ` transform="rotate(-32 330 470)"${opacity(isIron ? 0.14 : 0.3)}`) +
      ellipse(400, top, neck, neck * TILT, shade(colour, -0.35)) +
      path(
        outline(400, [top - 30, neck * 0.2, top - 24, neck * 0.6, top - 4, neck * 0.92]),
        kit.turned(shade(colour, 0.05)),
      ) +
      path(
        outline(400, [top - 58, 15, top - 46, 21, top - 36, 12, top - 28, 16]),
        kit.ball(ornament ? kit.wood : colour),
      )
    )
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [412, 74, 424, 100, 500, 166, 570, 160, 624, 110, 636, 92],
  [450, 84, 462, 124, 530, 176, 590, 158, 630, 116],
  [440, 80, 452, 130, 530, 178, 600, 160, 632, 126],
  [420, 82, 434, 116, 520, 160, 600, 150, 634, 124],
]

function handle(shape: number, colour: string, wood: string): string {
  const line = shape === 0 ? 'M548 470C660 440 660 590 536 586' : 'M272 470C250 230 550 230 528 470'
  const tone = shape === 1 ? wood : colour
  const width = shape === 0 ? 32 : 20
  return (
    stroke(line, shade(tone, -0.3), width) +
    stroke(line, shade(tone, 0.06), width * 0.55, ' transform="translate(-2 -3)"')
  )
}

function hobnails(colour: string, clip: string, top: number): string {
  const dots = many(4, (row) =>
    many(17, (column) =>
      circle(240 + column * 20 + (row % 2) * 10, top + 40 + row * 22, 6, shade(colour, column < 8 ? 0.22 : -0.2)),
    ),
  )
  return group(dots, clip + opacity(0.55))
}

function glaze(kit: Kit, clip: string): string {
  return group(band(400, 530, 220, 130, kit.ball(kit.accent)), clip)
}
