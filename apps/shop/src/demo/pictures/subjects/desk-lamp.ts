import { shade } from '../colour.ts'
import { circle, ellipse, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow } from '../surfaces.ts'
import { outline } from '../turning.ts'

/** Two lamps on a bent arm and two with springs. */
export const deskLamp: Subject = {
  setting: 'desk',
  focus: [480, 300, 1.6],
  contextScale: 0.74,
  draw(kit) {
    const { main, shape, ornament } = kit
    const metal = ornament ? '#b58f50' : '#8f9094'
    const isSprung = shape >= 2
    const head = isSprung ? [560, 250, 34] : shape === 0 ? [540, 240, 18] : [530, 262, 30]
    const [x = 0, y = 0, tilt = 0] = head
    const body = outline(0, shape === 1 ? [-46, 24, -36, 60, 20, 100, 40, 104] : [-74, 24, -60, 34, -30, 44, 40, 104])
    const arm = isSprung
      ? 'M300 610L236 400L470 200L560 230'
      : shape === 0
        ? 'M300 610V280Q302 170 420 172Q510 176 536 200'
        : 'M300 610L300 400L510 230'
    return (
      kit.shadow(310, 636, 120, 18) +
      path(outline(300, [606, 108, 620, 112, 636, 108]), kit.turned(main)) +
      ellipse(300, 606, 108, 18, kit.flat(shade(main, 0.14))) +
      stroke(arm, shade(metal, -0.3), 15) +
      stroke(arm, shade(metal, 0.4), 5, ' transform="translate(-3 -2)"') +
      (isSprung
        ? stroke('M262 560L214 404L250 392M262 386L460 214', '#55545a', 4, ' stroke-dasharray="3 4"') +
          [
            [300, 606],
            [236, 400],
            [470, 200],
          ]
            .map(([cx = 0, cy = 0]) => circle(cx, cy, 15, kit.ball(shape === 3 ? kit.wood : '#6a696e')))
            .join('')
        : shape === 1
          ? circle(300, 400, 14, kit.ball(kit.wood))
          : '') +
      `<g transform="translate(${x} ${y}) rotate(${tilt})">${ellipse(0, 40, 104, 18, '#fff1cc')}${ellipse(0, 42, 34, 8, '#fffdf2')}${path(body, kit.turned(main))}${path('M-62 -10L-86 36L-70 38L-40 -20Z', '#fff', opacity(0.25))}</g>` +
      glow(kit, x - 20, y + 190, 230, 200, 0.42)
    )
  },
}
