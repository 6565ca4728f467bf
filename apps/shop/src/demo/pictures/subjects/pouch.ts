import { shade } from '../colour.ts'
import { box, circle, ellipse, FLOOR, group, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf } from '../surfaces.ts'

/** A bag of beans, a flat-bottomed bag, and two tea packs. */
export const pouch: Subject = {
  setting: 'table',
  focus: [400, 430, 1.5],
  contextScale: 0.6,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const isTea = shape >= 2
    const bag = shape % 2 ? FLAT : GUSSET
    const clip = kit.clip(bag)
    const label = ornament ? shade(main, -0.45) : shade(accent, 0.45)
    const ink = ornament ? shade(accent, 0.4) : shade(main, -0.4)
    return (
      kit.shadow(400, FLOOR, 165) +
      path(bag, kit.flat(main)) +
      group(
        path('M240 190L300 240L290 660L230 660Z', shade(main, -0.35), opacity(0.28)) +
          path('M560 190L512 250L520 660L570 660Z', shade(main, -0.5), opacity(0.35)) +
          path('M318 250Q300 430 322 650L344 650Q326 440 344 250Z', '#fff', opacity(0.16)) +
          box(230, 196, 340, 26, 0, shade(main, -0.2), opacity(0.5)),
        clip,
      ) +
      box(312, 350, 176, 176, isTea ? 88 : 6, label) +
      (isTea ? sprig(ink) : bean(ink)) +
      box(344, 462, 112, 7, 3, ink, opacity(0.75)) +
      box(362, 482, 76, 6, 3, ink, opacity(0.5)) +
      (shape % 2 ? circle(400, 296, 13, shade(main, -0.3)) + circle(398, 294, 8, shade(main, 0.2)) : '')
    )
  },
}

const GUSSET = 'M262 200Q400 190 538 200L546 300Q560 470 552 634Q400 650 248 634Q240 470 254 300Z'
const FLAT = 'M258 230L270 204Q400 196 530 204L542 230L556 632Q400 646 244 632Z'

function bean(ink: string): string {
  return (
    ellipse(400, 408, 34, 25, ink, ' transform="rotate(-35 400 408)"') +
    stroke('M380 424Q398 412 400 406T422 392', '#fff', 4, opacity(0.6))
  )
}

function sprig(ink: string): string {
  return (
    leaf(400, 446, 62, 20, 0, ink, '#fff') +
    leaf(398, 446, 50, 16, -52, ink, '#fff') +
    leaf(402, 446, 50, 16, 52, ink, '#fff')
  )
}
