import { shade } from '../colour.ts'
import { box, d, ellipse, FLOOR, group, type Kit, opacity, path, turnedBy } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline } from '../turning.ts'

/** Graphite pencils and colour pencils, in a cup or laid out. */
export const pencils: Subject = {
  setting: 'desk',
  isFlat: [false, true, false, true],
  focus: [400, 330, 1.6],
  contextScale: 0.6,
  draw(kit) {
    return kit.shape % 2 ? row(kit) : cup(kit)
  },
}

function colours(kit: Kit): string[] {
  const { main, accent, shape } = kit
  if (shape < 2) return [main, shade(main, -0.25), shade(main, 0.3), main, accent, shade(main, -0.1)]
  return ['#c8553d', '#e0943a', '#e6c24a', '#7ea35a', '#4f8a86', '#4d6fa3', '#7a568f', '#b7637f']
}

function pencil(kit: Kit, x: number, top: number, bottom: number, colour: string): string {
  const lead = kit.shape < 2 ? '#3a373b' : shade(colour, -0.1)
  return (
    path(d`M${x - 13} ${top + 54}L${x} ${top}L${x + 13} ${top + 54}Z`, '#e3c394') +
    path(d`M${x - 4} ${top + 16}L${x} ${top}L${x + 4} ${top + 16}Z`, lead) +
    path(
      d`M${x - 13} ${top + 54}q6.5 -10 13 0t13 0V${bottom}H${x - 13}Z`,
      kit.linear(
        [0, 0, 1, 0],
        [0, shade(colour, 0.3)],
        [0.32, shade(colour, 0.1)],
        [0.34, colour],
        [0.68, shade(colour, -0.1)],
        [0.7, shade(colour, -0.3)],
      ),
    )
  )
}

function cup(kit: Kit): string {
  const list = colours(kit)
  const body = outline(400, [410, 104, 424, 104, 622, 96, 636, 90])
  return (
    kit.shadow(405, FLOOR, 110) +
    ellipse(400, 410, 104, 17, '#2b2427') +
    list
      .map((colour, index) =>
        turnedBy(
          pencil(kit, 400, 196 + (index % 3) * 26, 560, colour),
          (index - (list.length - 1) / 2) * 6.4,
          400,
          640,
        ),
      )
      .join('') +
    path(
      'M296 410A104 18 0 0 0 504 410L496 622Q490 648 400 650Q310 648 304 622Z',
      kit.turned(kit.ornament ? kit.wood : kit.main),
    ) +
    group(
      box(318, 424, 20, 190, 10, kit.gleam(0.4, [0, 0, 0, 1])) +
        (kit.ornament ? '' : band(400, 540, 110, 36, kit.turned(kit.accent))),
      kit.clip(body),
    )
  )
}

function row(kit: Kit): string {
  const list = colours(kit)
  const width = list.length * 42 + 40
  const left = 400 - width / 2
  return (
    box(left + 12, 300, width, 346, 14, '#241a16', opacity(0.3) + kit.blur(12)) +
    box(left, 290, width, 346, 14, kit.linear([0, 0, 1, 1], [0, '#e9e5df'], [0.5, '#bcb7b0'], [1, '#d8d3cc'])) +
    box(left + 12, 302, width - 24, 322, 8, kit.flat(kit.ornament ? shade(kit.main, -0.3) : '#8f8a83')) +
    list
      .map(
        (colour, index) =>
          path(d`M${left + 34 + index * 42} 322h20v290h-20Z`, '#1a1418', opacity(0.25)) +
          pencil(kit, left + 40 + index * 42, 214 + (index % 2) * 16, 606, colour),
      )
      .join('') +
    box(left, 520, width, 116, 14, kit.linear([0, 0, 1, 1], [0, shade(kit.main, 0.2)], [1, shade(kit.main, -0.2)])) +
    box(left + width / 2 - 60, 560, 120, 12, 4, kit.accent) +
    box(left + width / 2 - 36, 584, 72, 7, 3, kit.accent, opacity(0.7))
  )
}
