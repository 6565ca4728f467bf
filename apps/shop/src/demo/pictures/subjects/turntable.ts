import { shade } from '../colour.ts'
import { box, circle, ellipse, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** A turntable with a wooden front or lacquered, and record players in a case. */
export const turntable: Subject = {
  setting: 'desk',
  focus: [400, 470, 1.5],
  contextScale: 0.84,
  studioZoom: [1.08, 1.08, 1.08, 1.08],
  draw(kit) {
    const { main, accent, shape, ornament, wood } = kit
    const tone = main
    const edge = shape === 0 ? wood : main
    const isCase = shape >= 2
    const top = 'M176 420L624 420L706 560L94 560Z'
    return (
      kit.shadow(405, 634, 310, 30) +
      (isCase
        ? lid(kit)
        : path('M176 420L624 420L640 250L160 250Z', '#dfe8ea', opacity(0.34)) +
          stroke('M176 420L160 250L640 250L624 420', '#fff', 3, opacity(0.7))) +
      path(top, kit.linear([0, 0, 1, 0.7], [0, shade(tone, 0.26)], [0.6, tone], [1, shade(tone, -0.14)])) +
      path(
        'M94 560L706 560L700 616Q698 622 690 622L110 622Q102 622 100 616Z',
        kit.linear([0, 0, 1, 0], [0, shade(edge, 0.08)], [1, shade(edge, -0.36)]),
      ) +
      [150, 610].map((x) => box(x, 618, 44, 16, 6, '#2b2a2e')).join('') +
      ellipse(344, 494, 186, 58, '#8f8d8c') +
      ellipse(
        344,
        490,
        186,
        58,
        kit.linear([0, 0, 1, 1], [0, '#4a494d'], [0.4, '#1c1b1e'], [0.55, '#5d5c61'], [0.6, '#1f1e21'], [1, '#333236']),
      ) +
      [166, 142, 118, 96]
        .map((radius) =>
          ellipse(344, 490, radius, radius * 0.312, 'none', ` stroke="#6d6c71" stroke-width="1.2"${opacity(0.5)}`),
        )
        .join('') +
      ellipse(344, 490, 64, 20, ornament ? accent : '#d8573f') +
      ellipse(344, 490, 9, 3.4, '#f2ede4') +
      circle(596, 452, 25, kit.ball('#b5b3b1')) +
      stroke('M600 444L560 520L452 520', '#e4e2df', 9) +
      stroke('M600 442L560 517L452 517', '#fff', 3) +
      box(428, 510, 32, 17, 4, '#333136') +
      circle(630, 536, 15, kit.ball(ornament ? '#c79a52' : '#55545a')) +
      circle(584, 540, 8, kit.ball('#55545a'))
    )
  },
}

function lid(kit: Kit): string {
  const { main, accent, shape } = kit
  return (
    path(
      'M168 424L632 424L652 214Q652 200 640 200L160 200Q148 200 148 214Z',
      kit.linear([0, 0, 1, 1], [0, shade(main, -0.1)], [1, shade(main, -0.4)]),
    ) +
    path('M184 414L616 414L632 226L168 226Z', kit.flat(shape === 3 ? shade(accent, 0.1) : '#e9dfcd')) +
    [148, 634].map((x) => box(x - 4, 200, 26, 30, 6, '#c79a52')).join('')
  )
}
