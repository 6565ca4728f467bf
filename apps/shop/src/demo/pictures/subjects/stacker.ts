import { shade } from '../colour.ts'
import { box, circle, d, ellipse, FLOOR, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { outline } from '../turning.ts'

/** Rings on a peg, and rainbows. */
export const stacker: Subject = {
  setting: 'room',
  focus: [400, 520, 1.5],
  contextScale: 0.62,
  draw(kit) {
    return kit.shadow(405, FLOOR, 220) + (kit.shape < 2 ? rings(kit) : rainbow(kit))
  },
}

function colours(kit: Kit): string[] {
  const { main, accent, ornament, wood } = kit
  return ornament
    ? [main, '#e0943a', '#e6c24a', '#7ea35a', '#4f8a86', '#c8553d']
    : [main, shade(main, 0.25), accent, shade(main, -0.2), wood, shade(main, 0.5)]
}

function rings(kit: Kit): string {
  const list = colours(kit)
  const peg = kit.shape === 0 ? 5 : 6
  return (
    path(outline(400, [600, 176, 612, 184, 636, 176], 0.2), kit.turned(kit.wood)) +
    ellipse(400, 600, 176, 34, shade(kit.wood, 0.2)) +
    box(388, 260, 24, 330, 12, kit.turned(kit.wood)) +
    many(peg, (index) => {
      const radius = 160 - index * (kit.shape === 0 ? 20 : 17)
      const y = 560 - index * 54
      const tone = list[index % 6] ?? kit.main
      return (
        path(
          outline(400, [y - 16, radius - 14, y - 4, radius, y + 16, radius, y + 30, radius - 14], 0.2),
          kit.turned(tone),
        ) +
        ellipse(400, y - 16, radius - 14, (radius - 14) * 0.2, shade(tone, 0.26)) +
        ellipse(400 - radius * 0.5, y + 2, radius * 0.14, 8, '#fff', opacity(0.3))
      )
    }) +
    circle(400, 560 - peg * 54 + 8, 38, kit.ball(list[(peg + 1) % 6] ?? kit.main))
  )
}

function rainbow(kit: Kit): string {
  const list = colours(kit)
  const arcs = kit.shape === 2 ? 6 : 5
  const wide = kit.shape === 2 ? 270 : 240
  return many(arcs, (index) => {
    const outer = wide - index * 42
    const inner = outer - 37
    const tone = list[index % 6] ?? kit.main
    const shape = d`M${400 - outer} 636A${outer} ${outer * 1.05} 0 0 1 ${400 + outer} 636H${400 + inner}A${inner} ${inner * 1.05} 0 0 0 ${400 - inner} 636Z`
    return (
      path(shape, shade(tone, -0.4), ' transform="translate(14 -5)"') +
      path(shape, kit.linear([0, 0, 1, 0.6], [0, shade(tone, 0.3)], [0.4, tone], [1, shade(tone, -0.26)])) +
      stroke(
        d`M${400 - outer + 8} 600A${outer - 8} ${outer} 0 0 1 ${400 - outer * 0.3} ${650 - outer}`,
        '#fff',
        4,
        opacity(0.3),
      )
    )
  })
}
