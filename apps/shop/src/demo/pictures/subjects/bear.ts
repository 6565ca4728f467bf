import { shade } from '../colour.ts'
import { circle, ellipse, FLOOR, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Teddy bears and rabbits. */
export const bear: Subject = {
  setting: 'room',
  focus: [400, 350, 1.7],
  contextScale: 0.66,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const fur = main
    const inner = shape === 1 ? shade(accent, 0.25) : shade(fur, 0.42)
    const isRabbit = shape >= 2
    const plush = kit.tile(
      11,
      11,
      stroke('M2 5l2 -3M7 9l2 -3', shade(fur, 0.5), 1.6, opacity(0.35)) +
        stroke('M8 4l1.500 -2.500', shade(fur, -0.5), 1.6, opacity(0.3)),
    )
    const blob = (x: number, y: number, radiusX: number, radiusY: number, tilt = 0, tone = fur) => {
      const turn = tilt ? ` transform="rotate(${tilt} ${x} ${y})"` : ''
      return ellipse(x, y, radiusX, radiusY, kit.ball(tone), turn) + ellipse(x, y, radiusX, radiusY, plush, turn)
    }
    const ears = isRabbit
      ? blob(338, 190, 36, 118, -10) +
        ellipse(338, 200, 18, 84, shade(accent, 0.3), ' transform="rotate(-10 338 200)"') +
        (shape === 3
          ? blob(500, 226, 34, 104, 58)
          : blob(462, 190, 36, 118, 10) +
            ellipse(462, 200, 18, 84, shade(accent, 0.3), ' transform="rotate(10 462 200)"'))
      : blob(300, 222, 50, 50) + blob(500, 222, 50, 50) + circle(300, 226, 27, inner) + circle(500, 226, 27, inner)
    return (
      kit.shadow(405, FLOOR, 200) +
      blob(262, 474, 46, 92, 34) +
      blob(538, 474, 46, 92, -34) +
      blob(400, 502, 132, 136) +
      ellipse(400, 520, 80, 92, inner, opacity(0.7)) +
      blob(286, 596, 74, 56, 12) +
      blob(514, 596, 74, 56, -12) +
      ellipse(272, 602, 36, 32, inner) +
      ellipse(528, 602, 36, 32, inner) +
      ears +
      blob(400, 300, 128, 112) +
      ellipse(400, 336, 58, 46, inner) +
      path('M378 318Q400 308 422 318Q416 338 400 344Q384 338 378 318Z', '#3a2a28') +
      stroke('M400 344V358M400 358Q384 374 370 362M400 358Q416 374 430 362', '#3a2a28', 4) +
      [346, 454].map((x) => circle(x, 290, 12, '#2a2022') + circle(x - 4, 286, 4, '#fff')).join('') +
      [326, 474].map((x) => ellipse(x, 330, 20, 12, '#e58f86', opacity(0.35))).join('') +
      (ornament ? scarf(accent) : bow(kit, accent))
    )
  },
}

function bow(kit: Kit, colour: string): string {
  return (
    path('M396 418Q330 380 318 412Q314 452 396 434Z', kit.flat(colour)) +
    path('M404 418Q470 380 482 412Q486 452 404 434Z', kit.flat(shade(colour, -0.1))) +
    circle(400, 426, 17, kit.ball(shade(colour, -0.15)))
  )
}

function scarf(colour: string): string {
  return (
    stroke('M296 396Q400 450 504 396', colour, 38) +
    path('M440 416L478 410L500 530L452 536Z', shade(colour, -0.12)) +
    stroke('M310 404Q400 448 490 404', shade(colour, -0.35), 4, ' stroke-dasharray="12 12"') +
    stroke('M456 500L494 494M454 480L490 474', shade(colour, -0.35), 6)
  )
}
