import { shade } from '../colour.ts'
import { box, circle, d, ellipse, group, type Kit, many, moved, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { stitches, weave } from '../surfaces.ts'

/** A canvas shoe, a court shoe, a running shoe and a high-top: the pair, from the side. */
export const sneaker: Subject = {
  setting: 'bench',
  focus: [330, 480, 1.5],
  contextScale: 0.62,
  studioZoom: [1.12, 1.12, 1.12, 1.12],
  draw(kit) {
    return kit.shadow(410, 634, 300, 26) + moved(shoe(kit, -0.16), 74, -30, 0.96) + shoe(kit, 0)
  },
}

const UPPERS = [
  'M150 572Q140 520 206 500Q290 478 346 430L392 384Q412 366 440 388Q490 420 560 400L618 380Q648 374 654 410L662 572Z',
  'M146 566Q134 510 206 486Q290 462 350 418L398 372Q416 356 444 378Q490 412 560 390L620 368Q650 362 656 400L664 566Z',
  'M136 570Q126 520 204 488Q300 452 352 404L398 356Q416 342 442 366Q492 404 560 372L620 344Q654 338 658 390L672 560Z',
  'M150 572Q140 520 206 500Q290 478 340 430L376 390L396 250Q400 226 430 230L610 236Q640 240 640 270L660 572Z',
]

function shoe(kit: Kit, dim: number): string {
  const { main, accent, shape, ornament } = kit
  const colour = shade(main, dim)
  const second = shade(ornament ? accent : '#f4efe6', dim)
  const upper = UPPERS[shape] ?? ''
  const clip = kit.clip(upper)
  const [laceX, laceY, rise] = [
    [352, 430, -44],
    [354, 420, -46],
    [354, 408, -48],
    [372, 400, -132],
  ][shape] ?? [352, 430, -44]
  const laces = many(shape === 3 ? 6 : 4, (index) => {
    const x = (laceX ?? 0) + index * (shape === 3 ? 7 : 22)
    const y = (laceY ?? 0) + (index * (rise ?? 0)) / (shape === 3 ? 5.5 : 4)
    return stroke(d`M${x - 8} ${y - 8}q20 4 46 26`, shade('#f7f2e8', dim), 8)
  })
  return (
    path(
      shape === 3
        ? 'M392 262L416 210Q430 200 452 208L470 240Z'
        : d`M${(laceX ?? 0) + 30} ${(laceY ?? 0) - 40}L${(laceX ?? 0) + 54} ${(laceY ?? 0) - 96}Q${(laceX ?? 0) + 84} ${(laceY ?? 0) - 100} ${(laceX ?? 0) + 104} ${(laceY ?? 0) - 30}Z`,
      kit.flat(shade(colour, 0.1)),
    ) +
    (shape === 3
      ? ellipse(522, 238, 112, 15, shade(colour, -0.5))
      : ellipse(
          548,
          (UPPERS[shape] ? 396 : 396) - shape * 12,
          96,
          18,
          shade(colour, -0.5),
          ` transform="rotate(-11 548 ${396 - shape * 12})"`,
        )) +
    path(upper, kit.linear([0, 0, 0.7, 1], [0, shade(colour, 0.26)], [0.5, colour], [1, shade(colour, -0.22)])) +
    (shape === 2
      ? path(upper, kit.tile(10, 10, circle(5, 5, 1.7, shade(colour, -0.5), opacity(0.5))))
      : shape === 0 || shape === 3
        ? path(upper, weave(kit, colour, 6))
        : '') +
    group(
      ellipse(176, 560, 100, 72, shape === 0 || shape === 3 ? second : shade(colour, -0.12)) +
        path('M590 340Q570 470 596 600L700 600L700 340Z', shape === 1 ? second : shade(colour, -0.2)) +
        (shape === 1
          ? many(8, (index) =>
              circle(
                232 + (index % 4) * 26,
                508 + Math.floor(index / 4) * 20 - (index % 4) * 8,
                3.5,
                shade(colour, -0.5),
              ),
            )
          : '') +
        (shape === 2 ? stroke('M300 590Q400 500 560 410M380 590Q470 510 600 470', second, 20) : '') +
        (shape === 1 || (ornament && shape === 0) ? stroke('M330 580Q410 540 470 430', second, 24) : '') +
        (shape === 3 ? circle(572, 300, 30, second) : ''),
      clip,
    ) +
    stitches('M270 566Q300 500 352 442M586 390Q572 470 590 566', shade(colour, -0.45), 2) +
    laces +
    sole(kit, shape, dim, second)
  )
}

function sole(kit: Kit, shape: number, dim: number, second: string): string {
  const white = shade('#f6f1e7', dim)
  if (shape === 2)
    return (
      path(
        'M128 570Q110 596 140 622Q160 636 200 630L400 622Q560 640 660 634Q700 626 688 560Q690 530 664 540Q540 600 400 580Q240 570 128 570Z',
        kit.down(white),
      ) +
      stroke('M150 606Q400 590 560 616T680 590', second === white ? kit.accent : second, 8) +
      stroke('M150 630Q300 622 400 622T660 634', '#3c393c', 7)
    )
  const height = shape === 1 ? 74 : 56
  return (
    box(124, 634 - height, 556, height, 22, kit.down(white)) +
    stroke(d`M140 ${634 - height + 16}H664`, shape === 0 ? kit.accent : shade(white, -0.25), 4) +
    box(134, 622, 536, 13, 6, shade(kit.ornament ? '#b98858' : white, -0.2))
  )
}
