import { shade } from '../colour.ts'
import { box, circle, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf, weave } from '../surfaces.ts'

/** Books that stand, in four designs of cover. */
export const book: Subject = {
  setting: 'desk',
  focus: [400, 360, 1.6],
  contextScale: 0.62,
  draw(kit) {
    const { main, accent, ornament } = kit
    const cover = 'M250 196L566 172L566 640L250 636Z'
    const clip = kit.clip(cover)
    const cloth = ornament ? accent : main
    const ink = ornament ? main : accent
    return (
      kit.shadow(400, 638, 200, 22) +
      path(
        'M214 214L250 196L250 636L214 622Z',
        kit.linear([0, 0, 1, 0], [0, shade(cloth, -0.42)], [1, shade(cloth, -0.2)]),
      ) +
      path('M566 172L578 178L578 634L566 640Z', '#efe6d4') +
      path(cover, kit.linear([0, 0, 1, 0.8], [0, shade(cloth, 0.14)], [0.5, cloth], [1, shade(cloth, -0.18)])) +
      group((COVERS[kit.shape] ?? landscape)(kit, ink, cloth), clip) +
      path(cover, weave(kit, cloth, 5)) +
      path('M250 196L272 194L272 636L250 636Z', '#1a1418', opacity(0.16)) +
      stroke('M276 194V636', '#fff', 2, opacity(0.22)) +
      box(222, 260, 20, 90, 2, ink, opacity(0.7))
    )
  },
}

const COVERS = [landscape, botanical, circles, letters]

function title(y: number, ink: string): string {
  return box(330, y, 180, 15, 4, ink) + box(362, y + 28, 116, 9, 3, ink, opacity(0.7))
}

function landscape(_kit: Kit, ink: string, cloth: string): string {
  return (
    circle(452, 350, 66, ink) +
    path('M250 470Q340 380 420 440T566 400V660H250Z', shade(cloth, -0.28)) +
    path('M250 530Q360 460 450 520T566 500V660H250Z', shade(cloth, -0.48)) +
    title(232, shade(ink, 0.3))
  )
}

function botanical(_kit: Kit, ink: string, cloth: string): string {
  return (
    box(292, 214, 252, 390, 4, 'none', ` stroke="${ink}" stroke-width="4"`) +
    stroke('M418 590Q410 460 422 370', ink, 6) +
    [
      [560, -58],
      [530, 58],
      [490, -54],
      [456, 54],
      [420, -46],
      [396, 44],
    ]
      .map(([y = 0, tilt = 0], index) =>
        leaf(417, y, 96 - index * 7, 27, tilt, index % 2 ? ink : shade(ink, -0.2), cloth),
      )
      .join('') +
    leaf(422, 380, 84, 24, 0, ink, cloth) +
    title(240, ink)
  )
}

function circles(_kit: Kit, ink: string, cloth: string): string {
  return (
    [
      [340, 400, 90, ink],
      [450, 400, 90, shade(cloth, -0.35)],
      [395, 486, 90, shade(ink, 0.35)],
    ]
      .map(([x, y, radius, colour]) => circle(Number(x), Number(y), Number(radius), String(colour), opacity(0.86)))
      .join('') + title(232, shade(ink, 0.3))
  )
}

function letters(_kit: Kit, ink: string, cloth: string): string {
  return (
    box(280, 180, 320, 210, 0, shade(cloth, -0.36)) +
    many(5, (index) => box(292, 430 + index * 36, 250 - ((index * 67) % 120), 17, 5, ink, opacity(index ? 0.85 : 1))) +
    circle(418, 286, 60, ink) +
    path('M418 226a60 60 0 0 1 0 120Z', shade(ink, -0.3))
  )
}
