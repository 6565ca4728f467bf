import { shade } from '../colour.ts'
import { circle, d, ellipse, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, stitches, weave } from '../surfaces.ts'
import { band, outline } from '../turning.ts'

/** Two baseball caps and two bucket hats. */
export const cap: Subject = {
  setting: 'bench',
  focus: [430, 460, 1.5],
  contextScale: 0.62,
  studioZoom: [1.25, 1.25, 1.25, 1.25],
  draw(kit) {
    return kit.shadow(400, 610, 230, 26) + (kit.shape < 2 ? peaked(kit) : bucket(kit))
  },
}

function peaked(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const crown = 'M270 560Q252 380 380 332Q470 300 560 348Q650 404 642 560Q460 596 270 560Z'
  const brim =
    shape === 0
      ? 'M276 540Q180 548 110 590Q90 610 130 616Q260 626 420 580Q330 572 276 540Z'
      : 'M276 536Q200 530 120 560Q96 580 136 592Q260 616 420 580Q330 572 276 536Z'
  const second = ornament ? accent : main
  const clip = kit.clip(crown)
  return (
    path(brim, shade(second, -0.5), ' transform="translate(2 10)"') +
    path(crown, kit.linear([0, 0, 1, 0.5], [0, shade(main, 0.2)], [0.4, main], [1, shade(main, -0.3)])) +
    path(crown, weave(kit, main)) +
    group(
      stroke(
        'M400 326Q350 430 372 580M470 316Q500 430 480 590M560 346Q600 440 590 580',
        shade(main, -0.42),
        3,
        opacity(0.5),
      ) + folds('M320 400Q300 470 320 560', main),
      clip,
    ) +
    stitches('M394 330Q342 430 364 578M476 318Q507 430 488 588', shade(main, 0.5), 1.5) +
    circle(462, 318, 11, kit.ball(second)) +
    [346, 530].map((x) => circle(x, 400, 5, shade(main, -0.55))).join('') +
    path(brim, kit.linear([0, 0, 0.6, 1], [0, shade(second, 0.2)], [1, shade(second, -0.24)])) +
    stitches('M270 552Q190 560 130 596M280 564Q220 572 160 604', shade(second, -0.45), 1.6) +
    (shape === 1 ? circle(412, 452, 30, shade(accent, 0.3)) + path('M396 462l16 -26l16 26Z', shade(main, -0.3)) : '')
  )
}

function bucket(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const crown = outline(400, [330, 120, 346, 136, 500, 164])
  const brim = outline(400, [490, 164, 530, 196, 590, shape === 2 ? 250 : 232])
  return (
    path(brim, kit.turned(shade(main, -0.05))) +
    many(4, (index) =>
      group(
        stroke(
          d`M${214 - index * 17} ${516 + index * 18}A${186 + index * 17} ${32 + index * 3} 0 0 0 ${586 + index * 17} ${516 + index * 18}`,
          shade(main, -0.4),
          2,
        ),
        opacity(0.4),
      ),
    ) +
    path(crown, kit.turned(main)) +
    path(crown + brim, weave(kit, main)) +
    ellipse(400, 330, 120, 21, kit.flat(shade(main, 0.12))) +
    group(band(400, 462, 170, 36, kit.turned(ornament ? accent : shade(main, -0.2))), kit.clip(crown)) +
    [330, 350].map((x) => circle(x, 410, 4.5, shade(main, -0.55))).join('') +
    stitches('M282 350Q400 382 518 350', shade(main, -0.4), 1.5)
  )
}
