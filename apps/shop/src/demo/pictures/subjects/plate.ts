import { shade } from '../colour.ts'
import { box, ellipse, FLOOR, type Kit, many, opacity, path } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { outline } from '../turning.ts'

/** A plate laid for a meal, a stack, one on its edge, and an oval one. */
export const plate: Subject = {
  setting: 'table',
  isFlat: [true, false, false, false],
  focus: [470, 420, 1.6],
  contextScale: 0.66,
  draw(kit) {
    const { shape } = kit
    if (shape === 1)
      return (
        kit.shadow(400, FLOOR, 220) +
        many(5, (index) => flat(kit, 606 - index * 24, index % 2 && kit.ornament ? kit.accent : kit.main))
      )
    if (shape === 0) return laid(kit)
    const [radiusX, radiusY] = shape === 2 ? [212, 212] : [250, 176]
    return kit.shadow(400, FLOOR, 170, 18) + face(kit, 400, 636 - radiusY, radiusX, radiusY)
  },
}

function flat(kit: Kit, y: number, colour: string): string {
  return (
    path(outline(400, [y, 226, y + 8, 216, y + 26, 130, y + 30, 120], 0.2), kit.turned(colour)) +
    ellipse(400, y, 226, 45, shade(colour, 0.22)) +
    ellipse(400, y + 2, 214, 41, kit.flat(colour)) +
    ellipse(400, y + 5, 150, 27, shade(colour, 0.08), ` stroke="${shade(colour, -0.2)}" stroke-width="2"`)
  )
}

function face(kit: Kit, x: number, y: number, radiusX: number, radiusY: number): string {
  const { main, accent } = kit
  return (
    ellipse(x + 9, y + 6, radiusX, radiusY, shade(main, -0.42)) +
    ellipse(
      x,
      y,
      radiusX,
      radiusY,
      kit.linear([0, 0, 1, 1], [0, shade(main, 0.34)], [0.5, main], [1, shade(main, -0.18)]),
    ) +
    (kit.ornament ? ellipse(x, y, radiusX - 14, radiusY - 14, 'none', ` stroke="${accent}" stroke-width="7"`) : '') +
    ellipse(
      x,
      y,
      radiusX * 0.7,
      radiusY * 0.7,
      kit.linear([0, 0, 1, 1], [0, shade(main, -0.16)], [0.5, shade(main, 0.06)], [1, shade(main, 0.3)]),
    ) +
    ellipse(x + 2, y + 3, radiusX * 0.66, radiusY * 0.66, kit.flat(shade(main, 0.1), 0.5)) +
    ellipse(
      x - radiusX * 0.5,
      y - radiusY * 0.62,
      radiusX * 0.3,
      radiusY * 0.06,
      '#fff',
      ` transform="rotate(-38 ${x - radiusX * 0.5} ${y - radiusY * 0.62})"${opacity(0.5)}`,
    )
  )
}

function laid(kit: Kit): string {
  const steel = kit.metal('#b9b7b4')
  return (
    ellipse(418, 446, 240, 236, '#241a16', opacity(0.26) + kit.blur(16)) +
    box(590, 240, 112, 380, 4, kit.flat(kit.accent), ' transform="rotate(3 640 430)"') +
    face(kit, 372, 420, 232, 232) +
    box(628, 400, 15, 190, 7, steel) +
    path(
      'M612 270L618 270L619 350L632 350L633 270L638 270L639 350L652 350L653 270L659 270Q664 380 644 404L627 404Q606 380 612 270Z',
      steel,
    )
  )
}
