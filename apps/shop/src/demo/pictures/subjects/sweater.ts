import { shade } from '../colour.ts'
import { box, circle, d, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, knitting, stitches, weave } from '../surfaces.ts'

/** A round-neck sweater, a cardigan, a sweatshirt or a hoodie. */
export const sweater: Subject = {
  setting: 'rail',
  isFlat: [true, true, true, true],
  focus: [400, 300, 1.6],
  contextScale: 0.8,
  studioZoom: [1.1, 1.1, 1.1, 1.1],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const clip = kit.clip(BODY)
    const isKnit = shape < 2
    const rib = shade(main, -0.12)
    return (
      path(BODY, '#241a16', ` transform="translate(10 14)"${opacity(0.2)}${kit.blur(12)}`) +
      (shape === 3 ? hoodBehind(kit) : path('M318 180Q400 208 482 180Q400 262 318 180Z', shade(main, -0.45))) +
      path(BODY, kit.linear([0, 0, 1, 0.6], [0, shade(main, 0.18)], [0.45, main], [1, shade(main, -0.2)])) +
      (ornament && isKnit ? yoke(kit, clip) : '') +
      path(BODY, isKnit ? knitting(kit, main) : weave(kit, main, 6)) +
      group(
        ribs(rib, main) +
          folds(
            'M258 380Q300 450 282 580M542 380Q500 450 520 580M216 400Q196 440 190 520M584 400Q604 440 610 520',
            main,
          ),
        clip,
      ) +
      stroke('M280 204Q250 270 256 384M520 204Q550 270 544 384', shade(main, -0.42), 3, opacity(0.45)) +
      (shape === 1 ? front(kit) : shape === 3 ? hood(kit) : collar(kit, rib)) +
      (shape === 2 && ornament ? box(330, 330, 140, 22, 4, accent) + box(352, 364, 96, 12, 4, accent) : '')
    )
  },
}

const BODY =
  'M318 178L250 202Q216 214 204 256L136 566L200 586L258 400L254 600Q254 634 290 636Q400 644 510 636Q546 634 546 600L542 400L600 586L664 566L596 256Q584 214 550 202L482 178Q400 256 318 178Z'

function ribs(colour: string, main: string): string {
  const lines = many(25, (index) => stroke(d`M${262 + index * 11.5} 598V640`, shade(main, -0.4), 2.5, opacity(0.4)))
  return (
    box(250, 594, 300, 60, 0, colour, opacity(0.7)) +
    lines +
    path('M130 540L206 560L196 600L120 580Z', colour, opacity(0.7)) +
    path('M670 540L594 560L604 600L680 580Z', colour, opacity(0.7))
  )
}

function collar(kit: Kit, rib: string): string {
  return (
    stroke('M320 180Q400 254 480 180', rib, 24) +
    stroke('M320 180Q400 254 480 180', shade(kit.main, -0.4), 5, ` stroke-dasharray="0 9"${opacity(0.3)}`) +
    (kit.shape === 2 ? path('M384 232L416 232L400 262Z', rib) : '')
  )
}

function yoke(kit: Kit, clip: string): string {
  const row = (y: number, colour: string) =>
    group(many(22, (index) => path(d`M${120 + index * 27} ${y}l13 -15l13 15l-13 15Z`, colour)))
  return group(
    box(120, 300, 560, 70, 0, shade(kit.accent, 0.1)) + row(322, kit.main) + row(348, shade(kit.main, -0.4)),
    clip,
  )
}

function front(kit: Kit): string {
  const { main, accent } = kit
  return (
    path('M318 178L400 330L482 178L470 176L400 290L330 176Z', shade(main, -0.4)) +
    stroke('M318 180L398 330L398 634', shade(main, -0.2), 26) +
    stroke('M482 180L402 330', shade(main, -0.2), 26) +
    stroke('M412 336L412 634', shade(main, -0.5), 2, opacity(0.5)) +
    many(5, (index) => circle(398, 354 + index * 58, 10, kit.ball(kit.ornament ? accent : kit.wood)))
  )
}

function hoodBehind(kit: Kit): string {
  return (
    path('M296 206Q270 100 400 96Q530 100 504 206Q400 280 296 206Z', kit.flat(shade(kit.main, -0.1))) +
    path('M326 200Q316 132 400 128Q484 132 474 200Q400 262 326 200Z', shade(kit.main, -0.48))
  )
}

function hood(kit: Kit): string {
  const { main } = kit
  return (
    path(
      'M296 200Q306 176 324 178Q400 262 476 178Q494 176 504 200Q470 282 400 300Q330 282 296 200Z',
      kit.flat(shade(main, 0.04)),
    ) +
    stroke('M376 282L370 400M424 282L432 388', kit.ornament ? kit.accent : '#f3ece0', 6) +
    path('M316 470L484 470L520 560L508 580L292 580L280 560Z', kit.flat(shade(main, -0.06))) +
    stitches('M322 476L290 560M478 476L510 560', shade(main, -0.5), 1.8)
  )
}
