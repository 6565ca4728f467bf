import { shade } from '../colour.ts'
import { box, circle, d, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds } from '../surfaces.ts'

/** Two office chairs with arms and two without. */
export const officeChair: Subject = {
  setting: 'room',
  focus: [400, 300, 1.6],
  contextScale: 0.92,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const frame = ornament ? '#d9d6d0' : '#35343a'
    const back = [BACKS[0], BACKS[1], BACKS[2], BACKS[1]][shape] ?? ''
    const isMesh = shape === 0
    const hasArms = shape < 2
    return (
      kit.shadow(405, 634, 210, 26) +
      base(kit, frame) +
      box(388, 430, 24, 80, 6, kit.metal('#8f8f93')) +
      stroke('M400 440L400 380', frame, 30) +
      path(
        back,
        isMesh
          ? shade(main, -0.05)
          : kit.linear([0, 0, 1, 0.7], [0, shade(main, 0.24)], [0.5, main], [1, shade(main, -0.26)]),
        isMesh ? opacity(0.88) : '',
      ) +
      (isMesh
        ? path(back, kit.tile(9, 9, stroke('M0 0L9 9M9 0L0 9', shade(main, -0.5), 1.4, opacity(0.7)))) +
          stroke(back, frame, 13)
        : group(folds('M330 200Q340 320 336 420M470 200Q460 320 464 420', main), kit.clip(back))) +
      (ornament && !isMesh ? group(box(240, 300, 320, 34, 0, accent), kit.clip(back)) : '') +
      (hasArms
        ? [-1, 1]
            .map(
              (side) =>
                stroke(d`M${400 + side * 120} 478L${400 + side * 168} 470L${400 + side * 168} 388`, frame, 15) +
                box(400 + side * 168 - 26, 366, 52, 22, 11, kit.down('#3a393e')),
            )
            .join('')
        : '') +
      path(
        'M270 436Q400 418 530 436Q566 446 566 470Q566 492 528 496Q400 508 272 496Q234 492 234 470Q234 446 270 436Z',
        kit.linear([0, 0, 0.2, 1], [0, shade(main, 0.26)], [0.5, main], [1, shade(main, -0.34)]),
      ) +
      stroke('M250 478Q400 494 550 478', shade(main, -0.42), 2.5, opacity(0.5))
    )
  },
}

const BACKS = [
  'M292 190Q300 150 400 148Q500 150 508 190L524 380Q520 420 400 424Q280 420 276 380Z',
  'M280 236Q284 186 400 184Q516 186 520 236L524 370Q520 414 400 416Q280 414 276 370Z',
  'M300 150Q306 116 400 116Q494 116 500 150L530 350Q530 420 400 424Q270 420 270 350Z',
]

function base(kit: Kit, frame: string): string {
  const legs = [
    [250, 612],
    [330, 632],
    [470, 632],
    [552, 612],
    [400, 596],
  ]
  return (
    box(386, 496, 28, 90, 6, kit.metal('#5d5c61')) +
    legs
      .map(
        ([x = 0, y = 0]) =>
          stroke(d`M400 570L${x} ${y - 18}`, shade(frame, -0.1), 17) +
          stroke(d`M400 566L${x} ${y - 23}`, '#fff', 3, opacity(0.2)) +
          circle(x, y, 14, '#252428') +
          circle(x, y, 5, '#77767b'),
      )
      .join('')
  )
}
