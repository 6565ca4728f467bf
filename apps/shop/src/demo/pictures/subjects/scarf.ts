import { shade } from '../colour.ts'
import { box, d, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, knitting, weave } from '../surfaces.ts'

/** A scarf over a peg: plain, striped, checked or two-coloured. */
export const scarf: Subject = {
  setting: 'rail',
  isFlat: [true, true, true, true],
  focus: [420, 420, 1.6],
  contextScale: 0.8,
  studioZoom: [1.06, 1.06, 1.06, 1.06],
  draw(kit) {
    const { main, shape } = kit
    const back = 'M420 170Q500 176 510 250L520 520L400 520L404 240Z'
    const front = 'M300 250Q310 172 400 168Q440 168 452 200Q420 220 420 280L436 590L286 590Z'
    return (
      path(back + front, '#241a16', ` transform="translate(12 14)"${opacity(0.2)}${kit.blur(12)}`) +
      fringe(404, 518, 520, shade(main, -0.3)) +
      path(back, kit.linear([0, 0, 1, 0], [0, shade(main, -0.42)], [1, shade(main, -0.22)])) +
      pattern(kit, back, -0.3) +
      fringe(290, 588, 434, main) +
      path(front, kit.linear([0, 0, 1, 0.3], [0, shade(main, 0.2)], [0.5, main], [1, shade(main, -0.22)])) +
      pattern(kit, front, 0) +
      path(front, shape % 2 ? knitting(kit, main, 10) : weave(kit, main, 8)) +
      group(folds('M330 260Q320 420 340 580M376 230Q372 400 396 580', main), kit.clip(front))
    )
  },
}

function pattern(kit: Kit, shape: string, dim: number): string {
  const { accent, main, ornament } = kit
  const stripes = (tone: string) => many(6, (index) => box(270, 300 + index * 52, 280, 20, 0, tone))
  const columns = many(5, (index) => box(296 + index * 48, 150, 16, 460, 0, accent, opacity(0.5)))
  const tone = shade(accent, dim)
  const marks =
    [
      ornament ? box(270, 480, 280, 90, 0, tone) : '',
      stripes(tone) + (ornament ? box(270, 540, 280, 60, 0, tone) : ''),
      group(stripes(tone), opacity(0.6)) +
        (ornament
          ? group(columns, ' transform="translate(0 8)"') + box(270, 470, 280, 8, 0, shade(main, -0.4))
          : columns),
      box(270, 420, 280, 200, 0, ornament ? tone : shade(main, -0.35)),
    ][kit.shape] ?? ''
  return group(marks, kit.clip(shape))
}

function fringe(left: number, y: number, right: number, colour: string): string {
  const count = Math.floor((right - left) / 9)
  return many(count, (index) =>
    stroke(
      d`M${left + 4 + index * 9} ${y}q${(index % 3) - 1} 20 ${(index % 2) * 3 - 1} 42`,
      shade(colour, index % 2 ? -0.16 : 0.1),
      4,
    ),
  )
}
