import { shade } from '../colour.ts'
import { box, circle, d, group, type Kit, many, moved, opacity, path, stroke } from '../kit.ts'
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
  const cut = (right: number) => d`M132 576Q126 486 240 450Q350 420 ${right - 30} 452Q${right + 10} 500 ${right} 574Z`
  const paint = kit.linear([0, 0, 0.7, 1], [0, shade(colour, 0.26)], [0.5, colour], [1, shade(colour, -0.22)])
  if (shape < 2) {
    const felt = kit.tile(
      9,
      9,
      circle(2, 3, 1.4, shade(colour, 0.5), opacity(0.5)) + circle(6, 7, 1.2, shade(colour, -0.4), opacity(0.5)),
    )
    const trim =
      shape === 0
        ? stroke('M404 456Q440 500 432 570', shade(accent, dim), 15)
        : many(9, (index) =>
            circle(402 + Math.sin(index * 0.34) * 34, 446 + index * 16, 21, shade('#f4ecdd', dim - (index % 2) * 0.06)),
          )
    return (
      sole +
      insole +
      path(cut(430), paint) +
      path(cut(430), felt) +
      stitches('M140 560Q300 566 430 560', shade(colour, -0.45), 2.4) +
      trim +
      (ornament ? circle(260, 500, 26, shade(accent, dim)) : '')
    )
  }
  const strap =
    shape === 2
      ? 'M170 584Q176 470 300 446Q420 440 452 582Q310 600 170 584Z'
      : 'M196 584Q192 500 262 474L420 452Q470 466 474 580Q330 598 196 584Z'
  return (
    sole +
    insole +
    path(strap, paint) +
    (shape === 2
      ? stitches('M200 566Q210 488 304 464Q396 460 424 564', shade(colour, -0.45), 2)
      : group(
          many(3, (index) =>
            stroke(
              d`M${250 + index * 70} 600Q${246 + index * 70} 500 ${300 + index * 70} 440`,
              shade(ornament ? accent : shade(main, 0.4), dim),
              17,
            ),
          ),
          kit.clip(strap),
        )) +
    (ornament && shape === 2 ? box(290, 476, 52, 40, 7, 'none', ' stroke="#c9a867" stroke-width="8"') : '')
  )
}
