import { shade } from '../colour.ts'
import { box, circle, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { weave } from '../surfaces.ts'

/** A notebook with a band, a ringed one, a planner and a sketchbook. */
export const notebook: Subject = {
  setting: 'desk',
  isFlat: [true, true, true, true],
  focus: [440, 400, 1.6],
  contextScale: 0.6,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const cover = 'M236 184Q236 170 250 170L550 170Q566 170 566 186L566 620Q566 636 550 636L250 636Q236 636 236 622Z'
    const clip = kit.clip(cover)
    return (
      box(246, 186, 340, 470, 18, '#241a16', opacity(0.3) + kit.blur(14)) +
      path('M246 180L576 180L576 644L246 644Z', '#f3ebdc') +
      stroke('M570 190V640M573 190V640', '#cfc4b0', 1.5) +
      path(cover, kit.linear([0, 0, 1, 0.8], [0, shade(main, 0.18)], [0.5, main], [1, shade(main, -0.2)])) +
      path(cover, weave(kit, main, 5)) +
      group(
        (ornament
          ? shape === 3
            ? many(5, (row) =>
                many(5, (column) => circle(290 + column * 60 + (row % 2) * 30, 250 + row * 84, 15, accent)),
              )
            : path('M236 480L566 380L566 640L236 640Z', accent)
          : '') +
          box(236, 160, 26, 490, 0, shade(main, -0.35), opacity(0.55)) +
          path('M262 160L330 160L300 640L262 640Z', '#fff', opacity(0.1)),
        clip,
      ) +
      (shape === 1 || shape === 3
        ? rings()
        : shape === 0
          ? box(514, 168, 13, 470, 2, kit.turned(shade(accent, -0.2))) +
            path('M430 636L446 636L446 690L438 680L430 690Z', shade(accent, -0.1))
          : planner(kit)) +
      (shape === 2
        ? ''
        : shape === 3
          ? circle(412, 318, 76, '#f6efe1') + stroke('M366 344Q390 282 408 318T438 304T462 340', shade(main, -0.3), 5)
          : box(320, 260, 170, 92, 4, '#f6efe1') +
            box(340, 288, 130, 6, 3, '#8c8273') +
            box(340, 310, 90, 6, 3, '#8c8273', opacity(0.7)))
    )
  },
}

function rings(): string {
  return many(
    14,
    (index) =>
      box(226, 190 + index * 31, 30, 11, 5, '#b9b7b4') +
      box(226, 191 + index * 31, 30, 4, 2, '#fff', opacity(0.7)) +
      circle(258, 196 + index * 31, 6, '#2b2a2e', opacity(0.6)),
  )
}

function planner(kit: Kit): string {
  const ink = kit.ornament ? '#f6efe1' : kit.accent
  return (
    many(4, (row) =>
      many(
        5,
        (column) =>
          box(
            318 + column * 40,
            330 + row * 40,
            28,
            28,
            5,
            'none',
            ` stroke="${ink}" stroke-width="3"${opacity((row * 5 + column) % 7 === 3 ? 1 : 0.6)}`,
          ) + ((row * 5 + column) % 7 === 3 ? box(318 + column * 40, 330 + row * 40, 28, 28, 5, ink) : ''),
      ),
    ) +
    box(318, 250, 120, 18, 4, ink) +
    box(318, 282, 70, 9, 3, ink, opacity(0.7)) +
    box(556, 380, 26, 70, 8, kit.down(shade(kit.main, -0.2))) +
    circle(560, 415, 8, '#cda866')
  )
}
