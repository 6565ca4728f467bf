import { shade } from '../colour.ts'
import { box, circle, d, type Kit, many, moved, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { stitches } from '../surfaces.ts'

/** Two felt slippers and two slides, a pair each. */
export const slipper: Subject = {
  setting: 'bench',
  focus: [360, 520, 1.6],
  contextScale: 0.6,
  studioZoom: [1.2, 1.2, 1.2, 1.2],
  draw(kit) {
    return kit.shadow(400, 630, 290, 26) + moved(one(kit, -0.14), 90, -54, 0.94) + one(kit, 0)
  },
}

function one(kit: Kit, dim: number): string {
  const { main, accent, shape, ornament } = kit
  const colour = shade(main, dim)
  const sole = path(
    'M120 596Q110 570 150 566L640 560Q672 560 668 596Q664 628 630 628L160 630Q126 630 120 596Z',
    kit.down(shade(ornament ? '#4b4548' : '#c8a77c', dim), 1.3),
  )
  const insole = path(
    'M150 568Q300 530 420 548Q560 530 640 562Q560 580 400 578Q240 580 150 568Z',
    shade(shape < 2 ? '#efe3cf' : '#bf9b6f', dim - 0.1),
  )
  if (shape < 2) {
    const upper =
      shape === 0
        ? 'M132 576Q126 486 240 450Q350 420 400 452Q440 500 430 574Z'
        : 'M132 576Q126 478 250 440Q360 400 420 410L640 424Q668 430 664 572Z'
    return (
      sole +
      insole +
      path(
        upper,
        kit.linear(
          [0, 0, 0.7, 1],
          [
            [0, shade(colour, 0.26)],
            [0.5, colour],
            [1, shade(colour, -0.22)],
          ],
        ),
      ) +
      path(
        upper,
        kit.tile(
          9,
          9,
          circle(2, 3, 1.4, shade(colour, 0.5), opacity(0.5)) + circle(6, 7, 1.2, shade(colour, -0.4), opacity(0.5)),
        ),
      ) +
      (shape === 0
        ? stroke('M404 456Q440 500 432 570', shade(accent, dim), 15)
        : many(16, (index) =>
            circle(404 + index * 16.5, 414 + Math.abs(8 - index) * 0.6, 19, shade('#f4ecdd', dim - (index % 2) * 0.06)),
          )) +
      stitches('M140 560Q300 566 430 560', shade(colour, -0.45), 2.4) +
      (ornament ? circle(260, 500, 26, shade(accent, dim)) : '')
    )
  }
  const strap = (left: number, right: number) =>
    path(
      d`M${left} 584Q${left + 20} 440 ${(left + right) / 2} 436Q${right - 10} 440 ${right} 580Q${(left + right) / 2} 596 ${left} 584Z`,
      kit.linear(
        [0, 0, 0.7, 1],
        [
          [0, shade(colour, 0.26)],
          [0.5, colour],
          [1, shade(colour, -0.24)],
        ],
      ),
    )
  return (
    sole +
    insole +
    (shape === 2
      ? strap(180, 440) + stitches('M214 560Q230 460 310 452Q390 460 410 560', shade(colour, -0.45), 2)
      : strap(150, 290) +
        strap(316, 460) +
        [220, 388].map((x) => box(x - 16, 492, 32, 26, 5, 'none', ' stroke="#c9a867" stroke-width="6"')).join(''))
  )
}
