import { shade } from '../colour.ts'
import { box, d, ellipse, group, type Kit, many, moved, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, knitting, weave } from '../surfaces.ts'

/** Crew socks and thick wool socks, a pair. */
export const socks: Subject = {
  setting: 'rail',
  isFlat: [true, true, true, true],
  focus: [380, 420, 1.6],
  contextScale: 0.66,
  studioZoom: [1.12, 1.12, 1.12, 1.12],
  draw(kit) {
    return one(kit, 110, -26, -0.14) + one(kit, -50, 14, 0)
  },
}

const SOCK =
  'M330 170Q400 156 470 170L474 410Q476 450 446 474L322 586Q280 624 230 610Q184 592 196 540Q204 512 240 490L312 436Q330 420 330 390Z'

function one(kit: Kit, x: number, y: number, dim: number): string {
  const { main, accent, shape, ornament } = kit
  const clip = kit.clip(SOCK)
  const colour = shade(main, dim)
  const second = shade(ornament ? accent : shade(main, -0.25), dim)
  const isWool = shape >= 2
  const sock =
    path(SOCK, '#241a16', ` transform="translate(9 12)"${opacity(0.2)}${kit.blur(10)}`) +
    path(SOCK, kit.linear([0, 0, 1, 0.3], [0, shade(colour, 0.18)], [0.5, colour], [1, shade(colour, -0.24)])) +
    group(
      ellipse(222, 580, 66, 70, second) +
        ellipse(476, 464, 62, 60, second) +
        (shape === 1 || shape === 3 ? many(4, (index) => box(300, 262 + index * 38, 200, 16, 0, second)) : '') +
        (isWool && shape === 2
          ? many(4, (index) => path(d`M${336 + index * 36} 300l16 -20l16 20l-16 20Z`, second))
          : ''),
      clip,
    ) +
    path(SOCK, isWool ? knitting(kit, colour, 11) : weave(kit, colour, 5)) +
    group(
      box(320, 150, 170, 72, 0, shade(second, ornament ? 0 : 0.2), opacity(ornament ? 1 : 0.5)) +
        many(13, (index) => stroke(d`M${334 + index * 12} 160V222`, shade(colour, -0.45), 3, opacity(0.4))) +
        folds('M350 440Q400 430 460 400M330 470Q380 480 430 450', colour),
      clip,
    )
  return moved(sock, x, y)
}
