import { shade } from '../colour.ts'
import { box, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { weave } from '../surfaces.ts'

/** A town backpack, a laptop backpack, a hiking pack or a roll-top. */
export const backpack: Subject = {
  setting: 'bench',
  focus: [400, 460, 1.6],
  contextScale: 0.7,
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const body = BODIES[shape] ?? ''
    const trim = ornament ? '#8a5a38' : shade(main, -0.42)
    const clip = kit.clip(body)
    return (
      kit.shadow(405, FLOOR, 180) +
      stroke('M350 214Q352 150 400 150Q448 150 450 214', trim, 15) +
      stroke('M262 300Q210 400 236 580M538 300Q590 400 564 580', shade(main, -0.4), 26) +
      (shape === 2
        ? path('M232 440Q196 450 204 600L250 620L256 440Z', kit.flat(shade(main, -0.15))) +
          path('M568 440Q604 450 596 600L550 620L544 440Z', kit.flat(shade(main, -0.3)))
        : '') +
      path(body, kit.linear([0, 0, 1, 0.5], [0, shade(main, 0.2)], [0.4, main], [1, shade(main, -0.28)])) +
      path(body, weave(kit, main)) +
      group(
        path('M230 180L300 180Q270 400 284 640L230 640Z', '#fff', opacity(0.1)) +
          path('M570 180L520 180Q540 400 524 640L570 640Z', '#1a1418', opacity(0.12)),
        clip,
      ) +
      (DETAILS[shape] ?? classic)(kit, trim) +
      box(374, 560, 52, 30, 3, ornament ? accent : shade(accent, 0.2), opacity(shape === 2 ? 0 : 1))
    )
  },
}

const BODIES = [
  'M248 320Q248 196 400 196Q552 196 552 320L560 600Q560 636 524 636L276 636Q240 636 240 600Z',
  'M256 250Q256 190 316 190L484 190Q544 190 544 250L548 600Q548 636 512 636L288 636Q252 636 252 600Z',
  'M250 280Q250 200 400 200Q550 200 550 280L556 604Q550 636 516 636L284 636Q250 636 244 604Z',
  'M256 250L544 250L556 600Q556 636 520 636L280 636Q244 636 244 600Z',
]

const DETAILS = [classic, laptop, hiking, rolled]

function zip(line: string, colour: string): string {
  return stroke(line, shade(colour, -0.55), 6) + stroke(line, '#cfc7b8', 2, ' stroke-dasharray="3 4"')
}

function pocket(kit: Kit, x: number, y: number, width: number, height: number, tone: number): string {
  return (
    box(x + 4, y + 7, width, height, 22, '#1a1418', opacity(0.18)) +
    box(x, y, width, height, 22, kit.flat(shade(kit.main, tone)))
  )
}

function classic(kit: Kit, trim: string): string {
  return (
    zip('M264 330Q270 224 400 222Q530 224 536 330', kit.main) +
    pocket(kit, 276, 440, 248, 170, 0.02) +
    path(
      'M262 352Q400 330 538 352L530 460Q400 500 270 460Z',
      kit.flat(kit.ornament ? kit.accent : shade(kit.main, 0.06)),
    ) +
    [330, 456]
      .map(
        (x) => box(x, 400, 17, 110, 4, trim) + box(x - 5, 474, 27, 24, 4, 'none', ' stroke="#cda866" stroke-width="5"'),
      )
      .join('')
  )
}

function laptop(kit: Kit, trim: string): string {
  return (
    zip('M282 640L282 270Q284 224 330 222L470 222Q516 224 518 270L518 640', kit.main) +
    pocket(kit, 296, 420, 208, 190, -0.04) +
    zip('M310 448H490', kit.main) +
    box(312, 300, 176, 12, 3, trim) +
    (kit.ornament ? box(312, 320, 176, 34, 3, kit.accent) : box(312, 318, 176, 4, 2, trim))
  )
}

function hiking(kit: Kit, trim: string): string {
  return (
    pocket(kit, 288, 400, 224, 200, 0.04) +
    zip('M306 430H494', kit.main) +
    stroke('M300 470L400 510L500 470M300 540L400 500L500 540', kit.accent, 5) +
    path(
      'M240 300Q244 184 400 184Q556 184 560 300Q540 348 400 348Q260 348 240 300Z',
      kit.linear(
        [0, 0, 0.4, 1],
        [0, shade(kit.ornament ? kit.accent : kit.main, 0.24)],
        [1, shade(kit.ornament ? kit.accent : kit.main, -0.24)],
      ),
    ) +
    [310, 474].map((x) => box(x, 320, 17, 110, 3, trim) + box(x - 5, 390, 27, 26, 5, '#2d2b2e')).join('') +
    box(260, 598, 280, 16, 4, trim)
  )
}

function rolled(kit: Kit, trim: string): string {
  return (
    path('M250 262Q244 196 270 184L530 184Q556 196 550 262Z', kit.down(shade(kit.main, 0.08))) +
    box(244, 172, 312, 40, 20, kit.down(kit.ornament ? kit.accent : shade(kit.main, -0.1))) +
    box(390, 168, 21, 240, 4, trim) +
    box(382, 380, 37, 40, 6, 'none', ' stroke="#cda866" stroke-width="6"') +
    pocket(kit, 280, 440, 240, 168, -0.03) +
    zip('M300 470H500', kit.main)
  )
}
