import { shade } from '../colour.ts'
import { box, circle, FLOOR, group, type Kit, many, opacity, path, stroke, turnedBy } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { grain } from '../surfaces.ts'

/** A cutting board with a hole, a round paddle, a long server or an end-grain block. */
export const board: Subject = {
  setting: 'table',
  focus: [400, 360, 1.5],
  contextScale: 0.75,
  draw(kit) {
    const { wood, shape, ornament } = kit
    const face = FACES[shape] ?? FACES[0]
    const clip = kit.clip(face)
    return (
      kit.shadow(405, FLOOR, 170, 20) +
      path(face, shade(wood, -0.45), ' transform="translate(14 5)"') +
      path(face, kit.linear([0, 0, 1, 1], [0, shade(wood, 0.16)], [0.5, wood], [1, shade(wood, -0.2)])) +
      (shape === 3 ? blocks(wood, clip) : group(turnedBy(grain(100, 60, 700, 640, wood, '', 26), 90, 400, 400), clip)) +
      (ornament && shape !== 3
        ? group(box(200, 548, 400, 30, 0, shade(wood, -0.42)) + box(200, 590, 400, 9, 0, shade(wood, 0.35)), clip)
        : '') +
      (ornament && shape === 3
        ? box(238, 302, 324, 312, 16, 'none', ` stroke="${shade(wood, -0.5)}" stroke-width="7"`)
        : '') +
      stroke(face, '#fff', 3, opacity(0.25)) +
      hole(kit, shape)
    )
  },
}

const FACES: [string, ...string[]] = [
  'M272 190Q272 166 296 166L504 166Q528 166 528 190L528 612Q528 636 504 636L296 636Q272 636 272 612Z',
  'M368 170Q372 140 400 140Q428 140 432 170L438 262C520 282 588 352 588 444C588 550 504 636 400 636C296 636 212 550 212 444C212 352 280 282 362 262Z',
  'M366 150Q370 126 400 126Q430 126 434 150L440 236Q500 250 500 300L500 604Q500 636 468 636L332 636Q300 636 300 604L300 300Q300 250 360 236Z',
  'M216 300Q216 280 236 280L564 280Q584 280 584 300L584 616Q584 636 564 636L236 636Q216 636 216 616Z',
]

function hole(kit: Kit, shape: number): string {
  if (shape === 3) return ''
  const y = shape === 0 ? 206 : 174
  return circle(400, y, 15, shade(kit.wood, -0.62)) + circle(402, y + 3, 13, kit.palette.backdrop)
}

function blocks(wood: string, clip: string): string {
  const squares = many(8, (row) =>
    many(9, (column) => {
      const tone = [0.14, -0.16, 0.02, -0.3, 0.22, -0.08][(row * 5 + column * 7) % 6] ?? 0
      return box(206 + column * 46 - (row % 2) * 20, 278 + row * 46, 45, 45, 2, shade(wood, tone))
    }),
  )
  return group(squares, clip + opacity(0.75))
}
