import { shade } from '../colour.ts'
import { box, circle, ellipse, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Two plain mice and two that stand upright. */
export const mouse: Subject = {
  setting: 'desk',
  isFlat: [true, true, false, false],
  focus: [400, 470, 1.5],
  contextScale: 0.5,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    if (shape >= 2) return upright(kit)
    const body =
      shape === 0
        ? 'M276 330Q280 210 400 206Q520 210 524 330L530 470Q530 640 400 640Q270 640 270 470Z'
        : 'M264 330Q280 200 404 204Q520 210 530 340Q548 400 536 480Q526 640 400 640Q262 640 262 480Q240 400 264 330Z'
    const button = ornament ? accent : shade(main, 0.04)
    return (
      ellipse(414, 470, 150, 210, '#241a16', opacity(0.3) + kit.blur(18)) +
      path(body, kit.linear([0, 0, 1, 0.8], [0, shade(main, 0.34)], [0.45, main], [1, shade(main, -0.34)])) +
      group(
        path('M240 190L396 190L396 400Q320 404 240 386Z', kit.flat(button)) +
          path('M404 190L560 190L560 386Q480 404 404 400Z', kit.flat(shade(button, -0.08))) +
          path('M300 250Q330 220 370 216L360 560Q300 560 296 470Z', '#fff', opacity(0.18)) +
          (shape === 1 ? path('M236 400Q280 430 270 540L236 540Z', shade(main, -0.4)) : ''),
        kit.clip(body),
      ) +
      box(385, 262, 30, 84, 15, shade(main, -0.55)) +
      box(390, 270, 20, 68, 10, kit.down('#77767b', 2)) +
      many(6, (index) => box(390, 276 + index * 10, 20, 3, 0, '#2b2a2e')) +
      circle(400, 384, 6, '#a6e3b0') +
      path('M384 560h32v8h-32Z', shade(main, -0.3), opacity(0.6))
    )
  },
}

function upright(kit: Kit): string {
  const { main, accent, ornament, shape } = kit
  const body =
    shape === 2
      ? 'M210 620Q206 540 260 470Q330 370 420 300Q480 262 530 300Q600 370 610 480Q616 580 600 622Q400 650 210 620Z'
      : 'M200 620Q210 520 300 440Q400 350 470 330Q540 320 580 400Q622 500 612 622Q400 646 200 620Z'
  const clip = kit.clip(body)
  return (
    kit.shadow(410, 630, 220, 30) +
    path(body, kit.linear([0, 0, 1, 1], [0, shade(main, 0.34)], [0.5, main], [1, shade(main, -0.36)])) +
    group(
      path(
        'M180 600Q300 560 380 480Q460 400 500 280L380 280L180 480Z',
        kit.flat(ornament ? accent : shade(main, 0.14)),
      ) +
        stroke('M204 580Q320 520 400 430Q470 350 498 290', shade(main, -0.5), 4) +
        stroke('M290 450L360 500', shade(main, -0.5), 4) +
        path('M440 620Q520 520 500 380Q580 440 600 640Z', '#1a1418', opacity(0.12)),
      clip,
    ) +
    `<g transform="rotate(38 330 452)">${box(316, 410, 28, 72, 14, '#2b2a2e')}${box(321, 418, 18, 56, 9, '#77767b')}</g>` +
    circle(470, 520, 15, shade(main, -0.4)) +
    circle(470, 520, 6, '#a6e3b0')
  )
}
