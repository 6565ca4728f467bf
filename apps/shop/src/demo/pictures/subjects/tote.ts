import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { folds, leaf, stitches, weave } from '../surfaces.ts'

/** Two canvas totes, a leather one and a net for the market. */
export const tote: Subject = {
  setting: 'room',
  focus: [400, 480, 1.5],
  contextScale: 0.7,
  draw(kit) {
    return (kit.shape === 3 ? net : bag)(kit)
  },
}

function bag(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const isLeather = shape === 2
  const canvas = shape === 1 ? '#efe5d0' : main
  const body =
    shape === 1
      ? 'M236 360L564 360L582 610Q584 636 556 636L244 636Q216 636 218 610Z'
      : 'M226 340L574 340L556 610Q552 636 526 636L274 636Q248 636 244 610Z'
  const top = shape === 1 ? 360 : 340
  const strap = isLeather ? main : shape === 1 ? main : shade(main, -0.1)
  const loop = d`M316 ${top + 40}L324 240Q330 150 400 150Q470 150 476 240L484 ${top + 40}`
  return (
    kit.shadow(405, FLOOR, 180) +
    stroke(loop, shade(strap, -0.4), 19, ' transform="translate(14 -10)"') +
    path(d`M238 ${top}Q400 ${top - 26} 562 ${top}Q400 ${top + 24} 238 ${top}Z`, shade(canvas, -0.5)) +
    path(body, kit.linear([0, 0, 1, 0.6], [0, shade(canvas, 0.16)], [0.5, canvas], [1, shade(canvas, -0.22)])) +
    (isLeather ? '' : path(body, weave(kit, canvas, 6))) +
    group(
      folds('M276 380Q300 480 280 620M520 390Q496 500 520 620M400 560Q380 600 390 636', canvas) +
        (shape === 1 ? box(200, 560, 400, 90, 0, main) : ''),
      kit.clip(body),
    ) +
    stroke(loop, strap, 19) +
    stroke(loop, '#fff', 4, ` transform="translate(-4 0)"${opacity(0.2)}`) +
    [316, 484]
      .map(
        (x) =>
          box(x - 13, top + 28, 26, 46, 3, shade(strap, -0.08)) +
          stitches(d`M${x - 8} ${top + 34}h16v34h-16Z`, shade(strap, -0.5), 1.6),
      )
      .join('') +
    stitches(d`M232 ${top + 14}H568`, shade(canvas, -0.42), 2) +
    (isLeather
      ? box(376, top - 8, 48, 110, 8, kit.flat(ornament ? accent : shade(main, -0.12))) +
        circle(400, top + 80, 10, '#cda866')
      : print(ornament, accent, main, shape))
  )
}

function print(ornament: boolean, accent: string, main: string, shape: number): string {
  const ink = shape === 1 ? main : shade(accent, 0.1)
  if (ornament) return circle(400, 490, 56, ink) + path('M344 490a56 56 0 0 1 112 0Z', shade(ink, -0.3))
  return (
    stroke('M400 545V450', ink, 6) +
    leaf(400, 520, 60, 22, -52, ink, ink) +
    leaf(400, 520, 60, 22, 52, ink, ink) +
    leaf(400, 470, 66, 22, 0, ink, ink)
  )
}

function net(kit: Kit): string {
  const { main, ornament } = kit
  const body = 'M240 380Q200 560 300 620Q400 660 500 620Q600 560 560 380Z'
  const mesh = many(9, (index) =>
    stroke(
      d`M${210 + index * 46} 370Q${240 + index * 40} 520 ${300 + index * 25} 650M${590 - index * 46} 370Q${560 - index * 40} 520 ${500 - index * 25} 650`,
      main,
      5,
    ),
  )
  const goods = ornament
    ? path('M300 560L350 200Q372 180 390 206L372 570Z', kit.flat('#d49a55')) +
      leaf(470, 470, 210, 34, 14, '#6f9a63', '#4e7549') +
      leaf(450, 470, 190, 30, -8, '#83ad74', '#4e7549')
    : leaf(380, 480, 250, 36, -14, '#6f9a63', '#4e7549') + leaf(420, 480, 230, 36, 12, '#83ad74', '#4e7549')
  return (
    kit.shadow(405, FLOOR, 160) +
    stroke('M262 390Q300 130 400 130Q500 130 538 390', shade(main, -0.2), 13) +
    goods +
    [
      [320, 560],
      [404, 580],
      [486, 556],
      [360, 490],
      [446, 492],
    ]
      .map(([x = 0, y = 0], index) => circle(x, y, 52, kit.ball(index % 2 ? '#d97f3e' : '#c9503f')))
      .join('') +
    group(mesh, kit.clip(body)) +
    stroke('M240 380Q400 410 560 380', main, 13)
  )
}
