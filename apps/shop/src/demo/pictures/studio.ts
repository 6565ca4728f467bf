/** Where goods are photographed: seamless paper and one soft light. @module */
import { mix, shade } from './colour.ts'
import { box, FLOOR, type Kit, moved } from './kit.ts'
import type { Subject } from './subject.ts'

const DOWN = [0, 0, 0, 1] as const

/** A little lower than where subjects are drawn, since most of them are not tall. */
const STUDIO_FLOOR = 652

/** Seamless paper, lit from the upper left. */
export function studio(kit: Kit, subject: Subject): string {
  const zoom = subject.studioZoom?.[kit.shape] ?? 1.14
  return (
    paper(kit, kit.palette.backdrop, subject) +
    moved(subject.draw(kit), 400 - 400 * zoom, STUDIO_FLOOR - FLOOR * zoom, zoom)
  )
}

/** The same light, closer, before a deeper colour. */
export function closeUp(kit: Kit, subject: Subject): string {
  const [x, y, zoom] = subject.focus
  const deep = mix(kit.palette.backdrop, shade(kit.main, 0.35), 0.45)
  return paper(kit, deep, subject) + moved(subject.draw(kit), 400 - x * zoom, 410 - y * zoom, zoom)
}

function paper(kit: Kit, colour: string, { isFlat }: Subject): string {
  const sheet = isFlat?.[kit.shape]
    ? kit.linear(DOWN, [0, shade(colour, 0.1)], [1, shade(colour, -0.07)])
    : kit.linear(
        DOWN,
        [0, shade(colour, -0.03)],
        [0.66, shade(colour, 0.16)],
        [0.78, shade(colour, -0.06)],
        [1, shade(colour, 0.02)],
      )
  const lamp = kit.radial([0.34, 0.3, 0.75], [0, '#fff', 0.6], [1, '#fff', 0])
  return box(0, 0, 800, 800, 0, sheet) + box(0, 0, 800, 800, 0, lamp)
}
