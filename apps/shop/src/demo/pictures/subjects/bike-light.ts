import { shade } from '../colour.ts'
import { box, circle, FLOOR, type Kit, many, moved, opacity, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { glow } from '../surfaces.ts'

/** Front and rear lights: round, oblong, clipped on and in pairs. */
export const bikeLight: Subject = {
  setting: 'desk',
  focus: [400, 430, 1.5],
  contextScale: 0.5,
  draw(kit) {
    const { shape } = kit
    if (shape === 2)
      return (
        kit.shadow(405, FLOOR, 230) + moved(lamp(kit, false), -110, 90, 0.84) + moved(lamp(kit, true), 240, 90, 0.84)
      )
    return kit.shadow(405, FLOOR, 150) + lamp(kit, shape === 3)
  },
}

function lamp(kit: Kit, isRear: boolean): string {
  const { main, accent, ornament, shape } = kit
  const light = isRear ? '#e2402f' : '#fff1bf'
  const isLong = shape === 1
  const band = ornament ? accent : '#2e2c30'
  return (
    stroke('M330 600Q300 640 340 640L460 640Q500 640 470 600', band, 22) +
    box(370, 560, 60, 60, 10, kit.down('#3a393d')) +
    (isLong
      ? box(
          300,
          220,
          200,
          360,
          60,
          kit.linear([0, 0, 1, 1], [0, shade(main, 0.3)], [0.5, main], [1, shade(main, -0.34)]),
        )
      : circle(400, 430, 164, kit.linear([0, 0, 1, 1], [0, shade(main, 0.3)], [0.5, main], [1, shade(main, -0.34)]))) +
    circle(400, isLong ? 340 : 430, isLong ? 84 : 128, shade(main, -0.5)) +
    circle(
      400,
      isLong ? 340 : 430,
      isLong ? 76 : 116,
      kit.radial([0.45, 0.4, 0.65], [0, '#fffdf4'], [0.3, light], [1, shade(light, isRear ? -0.3 : -0.16)]),
    ) +
    many(7, (index) => {
      const turn = (index / 6) * Math.PI * 2
      const spread = index === 6 ? 0 : isLong ? 42 : 66
      return circle(
        400 + Math.cos(turn) * spread,
        (isLong ? 340 : 430) + Math.sin(turn) * spread,
        isLong ? 15 : 22,
        '#fff',
        opacity(0.7),
      )
    }) +
    (isLong
      ? box(360, 470, 80, 44, 22, shade(main, -0.35)) + circle(400, 492, 9, '#a6e3b0')
      : circle(400, 574, 11, '#a6e3b0')) +
    glow(kit, 400, isLong ? 340 : 430, 230, 220, isRear ? 0.2 : 0.5)
  )
}
