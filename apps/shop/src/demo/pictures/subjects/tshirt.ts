import { shade } from '../colour.ts'
import { box, group, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, stitches, weave } from '../surfaces.ts'

/** Plain, with long sleeves, striped, or with a pocket. */
export const tshirt: Subject = {
  setting: 'rail',
  isFlat: [true, true, true, true],
  focus: [400, 290, 1.7],
  contextScale: 0.8,
  studioZoom: [1.12, 1.12, 1.12, 1.12],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const isLong = shape === 1
    const body = isLong ? LONG : SHORT
    const clip = kit.clip(body)
    const stripe = shape === 2 ? accent : shade(main, -0.25)
    return (
      path(body, '#241a16', ` transform="translate(10 14)"${opacity(0.2)}${kit.blur(12)}`) +
      path('M322 184Q400 206 478 184Q400 246 322 184Z', shade(main, -0.42)) +
      path(body, kit.linear([0, 0, 1, 0.6], [0, shade(main, 0.16)], [0.45, main], [1, shade(main, -0.18)])) +
      (shape === 2 || (isLong && ornament)
        ? group(
            many(13, (index) => box(140, 262 + index * 30, 520, shape === 2 && ornament ? 5 : 13, 0, stripe)),
            clip,
          )
        : '') +
      (shape !== 2 && ornament && !isLong
        ? group(
            path('M150 160L300 160L262 400L150 420Z', accent) + path('M650 160L500 160L538 400L650 420Z', accent),
            clip,
          )
        : '') +
      path(body, weave(kit, main)) +
      group(
        folds('M262 350Q300 420 280 610M538 350Q506 430 526 600M330 470Q380 520 350 630M470 500Q440 560 462 632', main),
        clip,
      ) +
      stroke('M284 200Q256 260 262 350M516 200Q544 260 538 350', shade(main, -0.4), 2.5, opacity(0.5)) +
      stroke('M326 181Q400 256 474 181', shade(main, -0.14), 13) +
      stroke('M318 186Q400 272 482 186', shade(main, -0.4), 1.5, opacity(0.5)) +
      stitches('M264 606Q400 624 536 606', shade(main, -0.4), 1.6) +
      (shape === 3
        ? path('M438 300L508 300L508 372L473 388L438 372Z', kit.flat(ornament ? accent : shade(main, -0.06))) +
          stitches('M442 306L504 306L504 370L473 383L442 370Z', shade(main, -0.45), 1.4)
        : '')
    )
  },
}

const SHORT =
  'M322 180L252 204Q226 214 214 240L158 350L232 390L262 344L260 618Q400 638 540 618L538 344L568 390L642 350L586 240Q574 214 548 204L478 180Q400 262 322 180Z'
const LONG =
  'M322 180L252 204Q224 214 214 250L150 560L206 574L264 372L260 618Q400 638 540 618L536 372L594 574L650 560L586 250Q576 214 548 204L478 180Q400 262 322 180Z'
