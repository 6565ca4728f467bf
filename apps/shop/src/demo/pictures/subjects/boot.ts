import { shade } from '../colour.ts'
import { box, circle, d, group, type Kit, many, moved, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, stitches } from '../surfaces.ts'

/** A Chelsea boot, a laced one, a hiking boot and a rain boot. */
export const boot: Subject = {
  setting: 'bench',
  focus: [400, 440, 1.4],
  contextScale: 0.62,
  draw(kit) {
    return kit.shadow(410, 634, 250, 26) + moved(one(kit, -0.18), 70, -28, 0.96) + one(kit, 0)
  },
}

const UPPERS = [
  'M176 590Q166 530 236 510Q320 490 356 440Q376 400 372 250Q460 232 548 250Q552 420 560 590Z',
  'M176 590Q166 530 236 508Q316 486 350 430Q372 390 366 240Q450 226 548 244Q548 420 562 590Z',
  'M166 590Q150 524 226 500Q306 474 344 420Q370 376 362 230Q380 206 450 206Q540 206 556 236Q552 420 570 590Z',
  'M178 596Q166 540 236 522Q330 500 356 440Q366 380 352 150Q450 134 552 150Q550 400 562 596Z',
]

function one(kit: Kit, dim: number): string {
  const { main, accent, shape, ornament, wood } = kit
  const colour = shade(main, dim)
  const upper = UPPERS[shape] ?? ''
  const clip = kit.clip(upper)
  const isRubber = shape === 3
  return (
    path(
      upper,
      kit.linear(
        [0, 0, 1, 0.2],
        [0, shade(colour, 0.2)],
        [0.42, shade(colour, isRubber ? 0.3 : 0.1)],
        [0.55, colour],
        [1, shade(colour, -0.34)],
      ),
    ) +
    group(
      (shape === 0
        ? path('M430 250Q420 380 470 470Q520 380 510 250Z', shade(ornament ? accent : '#2f2c30', dim)) +
          many(9, (index) => stroke(d`M${436 + index * 9} 252L${448 + index * 6} 440`, '#fff', 1.5, opacity(0.2)))
        : '') +
        (shape === 2
          ? path('M100 600L100 540Q200 540 260 560T560 540L620 600Z', shade(colour, -0.3)) +
            path('M500 200L600 200L600 600L520 600Q480 400 500 200Z', shade(ornament ? accent : colour, -0.2))
          : '') +
        (isRubber
          ? path('M376 160Q390 360 372 440L352 470Q366 380 358 160Z', '#fff', opacity(0.4)) +
            box(340, 150, 220, 26, 0, ornament ? shade(accent, dim) : shade(colour, -0.3)) +
            box(130, 566, 460, 12, 0, shade(colour, -0.4), opacity(0.6))
          : '') +
        path('M170 590Q180 540 240 526Q210 560 220 600Z', '#fff', opacity(isRubber ? 0.4 : 0.16)) +
        (isRubber ? '' : folds('M380 450Q440 470 480 440M372 480Q430 500 470 480', colour)),
      clip,
    ) +
    (shape === 1 || shape === 2 ? laces(kit, colour, dim) : '') +
    (shape === 0 ? box(540, 226, 12, 50, 5, shade(ornament ? accent : wood, dim)) : '') +
    (shape === 2
      ? path(
          'M360 226Q380 196 450 198Q546 200 560 236Q550 262 450 254Q372 252 360 226Z',
          kit.down(shade(ornament ? accent : colour, -0.1)),
        )
      : '') +
    sole(kit, shape, dim)
  )
}

function laces(kit: Kit, colour: string, dim: number): string {
  const tone = shade(kit.shape === 2 || kit.ornament ? kit.accent : '#3a2f2a', dim)
  return (
    path('M366 246Q374 390 350 432L316 470L352 486Q404 430 404 246Z', shade(colour, -0.22)) +
    many(7, (index) => {
      const y = 270 + index * 29
      const x = index > 5 ? 340 : 372
      return (
        stroke(d`M${x - 6} ${y}L${x + 32} ${y + 14}M${x + 32} ${y - 4}L${x - 6} ${y + 20}`, tone, 5) +
        circle(x + 36, y + 10, 4.5, '#c9a867')
      )
    })
  )
}

function sole(kit: Kit, shape: number, dim: number): string {
  const tone = shade(shape === 3 ? kit.main : shape === 2 ? '#3a363a' : '#5b3d2b', dim - (shape === 3 ? 0.35 : 0))
  const lugs = shape >= 2 ? many(13, (index) => box(172 + index * 31, 628, 19, 12, 2, shade(tone, -0.3))) : ''
  return (
    lugs +
    path('M164 588L572 588L574 634L470 634L456 620L180 624Q158 620 164 588Z', kit.down(tone, 1.4)) +
    stitches('M176 594H562', '#d9bd8d', 2)
  )
}
