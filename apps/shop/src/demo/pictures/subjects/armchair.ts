import { shade } from '../colour.ts'
import { box, circle, d, group, type Kit, many, opacity, path, stroke, turnedBy } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** A square armchair, a round one, a lounge chair with a wooden frame, and a wing chair. */
export const armchair: Subject = {
  setting: 'room',
  focus: [370, 420, 1.5],
  contextScale: 0.9,
  draw(kit) {
    return kit.shadow(410, 636, 240, 28) + (FORMS[kit.shape] ?? square)(kit)
  },
}

const FORMS = [square, round, lounge, wing]

function feet(kit: Kit, left: number, right: number): string {
  const paint = kit.linear([0, 0, 1, 0], [0, shade(kit.wood, 0.2)], [1, shade(kit.wood, -0.4)])
  return (
    path(d`M${left} 580L${left + 30} 580L${left + 16} 640L${left + 4} 640Z`, paint) +
    path(d`M${right - 30} 580L${right} 580L${right - 4} 640L${right - 16} 640Z`, paint)
  )
}

function cushion(kit: Kit, x: number, y: number, width: number, height: number, colour = kit.main): string {
  return (
    box(
      x,
      y,
      width,
      height,
      Math.min(30, height / 2.4),
      kit.linear([0, 0, 0.3, 1], [0, shade(colour, 0.26)], [0.5, shade(colour, 0.04)], [1, shade(colour, -0.2)]),
    ) + stroke(d`M${x + 22} ${y + height - 7}H${x + width - 22}`, shade(colour, -0.4), 2, opacity(0.35))
  )
}

function square(kit: Kit): string {
  const { main } = kit
  return (
    feet(kit, 220, 590) +
    box(236, 250, 338, 290, 40, kit.flat(shade(main, -0.08))) +
    cushion(kit, 272, 276, 266, 210) +
    box(200, 500, 410, 96, 18, kit.down(shade(main, -0.14))) +
    cushion(kit, 262, 452, 286, 78) +
    box(190, 376, 86, 220, 34, kit.flat(main)) +
    box(534, 376, 86, 220, 34, kit.flat(shade(main, -0.12))) +
    (kit.ornament ? turnedBy(cushion(kit, 336, 336, 140, 124, kit.accent), -6, 400, 400) : '')
  )
}

function round(kit: Kit): string {
  const { main } = kit
  const back = 'M204 560C180 360 240 236 405 236C570 236 630 360 606 560Z'
  return (
    feet(kit, 236, 574) +
    path(back, kit.linear([0, 0, 1, 0], [0, shade(main, 0.12)], [0.4, main], [1, shade(main, -0.28)])) +
    path(
      'M262 520C250 380 300 286 405 286C510 286 560 380 548 520Z',
      kit.linear([0, 0, 0.4, 1], [0, shade(main, -0.3)], [1, shade(main, -0.04)]),
    ) +
    (kit.ornament
      ? group(
          many(8, (index) =>
            stroke(d`M${268 + index * 39} 540Q${300 + index * 30} 380 ${352 + index * 15} 284`, shade(main, -0.36), 4),
          ),
          opacity(0.6),
        )
      : '') +
    path(
      'M206 500Q200 596 240 604L570 604Q610 596 604 500Q560 560 405 560Q250 560 206 500Z',
      kit.down(shade(main, -0.08)),
    ) +
    path(
      'M258 474Q405 440 552 474Q572 500 552 532Q405 566 258 532Q238 500 258 474Z',
      kit.linear([0, 0, 0.2, 1], [0, shade(main, 0.28)], [1, shade(main, -0.12)]),
    )
  )
}

function lounge(kit: Kit): string {
  const { main, wood } = kit
  const rail = (line: string, width = 20) =>
    stroke(line, shade(wood, -0.3), width) +
    stroke(line, shade(wood, 0.12), width * 0.5, ' transform="translate(-2 -3)"')
  return (
    rail('M300 640L340 440') +
    rail('M566 640L520 470') +
    path(
      'M228 210Q244 184 290 192L330 206Q352 214 362 240L446 470Q452 500 424 508L350 520Z',
      kit.linear([0, 0, 1, 0.6], [0, shade(main, 0.24)], [0.6, main], [1, shade(main, -0.2)]),
    ) +
    path(
      'M330 486L560 432Q600 424 606 452Q612 486 580 498L366 552Q330 556 326 524Q324 500 330 486Z',
      kit.linear([0, 0, 0.2, 1], [0, shade(main, 0.28)], [1, shade(main, -0.2)]),
    ) +
    (kit.ornament
      ? path('M236 206Q250 186 292 194L330 206Q346 212 354 230L370 276L262 296Z', kit.flat(kit.accent))
      : stroke('M286 330L396 300M306 396L420 366', shade(main, -0.35), 3, opacity(0.5))) +
    rail('M262 640L300 420Q306 400 328 398L560 384Q590 384 588 410L600 640') +
    stroke('M320 398L566 383', shade(wood, 0.3), 6, opacity(0.7))
  )
}

function wing(kit: Kit): string {
  const { main } = kit
  return (
    feet(kit, 236, 574) +
    path(
      'M214 240Q208 190 260 190Q405 160 550 190Q602 190 596 240L590 440L610 596L200 596L220 440Z',
      kit.flat(shade(main, -0.06)),
    ) +
    path(
      'M268 240Q405 206 542 240L528 480L282 480Z',
      kit.linear([0, 0, 0.3, 1], [0, shade(main, 0.22)], [1, shade(main, -0.12)]),
    ) +
    path('M214 240Q240 210 268 240L284 470L226 470Z', kit.flat(shade(main, 0.06))) +
    path('M596 240Q570 210 542 240L526 470L584 470Z', kit.flat(shade(main, -0.24))) +
    (kit.ornament
      ? many(3, (row) =>
          many(4 - (row % 2), (column) =>
            circle(330 + column * 50 + (row % 2) * 25, 280 + row * 56, 6, shade(main, -0.45)),
          ),
        )
      : '') +
    box(206, 520, 398, 80, 16, kit.down(shade(main, -0.14))) +
    cushion(kit, 264, 466, 282, 80) +
    box(194, 436, 80, 160, 36, kit.flat(shade(main, 0.04))) +
    box(536, 436, 80, 160, 36, kit.flat(shade(main, -0.14)))
  )
}
