import { shade } from '../colour.ts'
import { box, circle, d, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { knitting, scatter, stitches } from '../surfaces.ts'

/** Two beanies and two with a pompom. */
export const beanie: Subject = {
  setting: 'bench',
  focus: [400, 480, 1.5],
  contextScale: 0.62,
  studioZoom: [1.2, 1.2, 1.15, 1.15],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const top = shape % 2 ? 250 : 290
    const dome = d`M220 540Q214 ${top + 60} 320 ${top + 10}Q400 ${top - 20} 480 ${top + 10}Q586 ${top + 60} 580 540Z`
    const cuff = 'M206 516Q400 486 594 516Q606 560 596 616Q400 646 204 616Q194 560 206 516Z'
    const clip = kit.clip(dome)
    const second = ornament ? accent : shade(main, -0.06)
    return (
      kit.shadow(405, 632, 190, 24) +
      path(dome, kit.turned(main)) +
      group(
        (ornament ? many(3, (index) => box(200, top + 90 + index * 56, 400, 22, 0, accent)) : '') +
          many(15, (index) =>
            stroke(
              d`M${236 + index * 23.5} 560Q${260 + index * 20} ${top + 90} ${358 + index * 6} ${top - 10}`,
              shade(main, -0.45),
              5,
              opacity(0.28),
            ),
          ),
        clip,
      ) +
      path(dome, knitting(kit, main, 13)) +
      path(cuff, kit.turned(second)) +
      group(
        many(23, (index) => stroke(d`M${216 + index * 17} 500V640`, shade(second, -0.45), 5, opacity(0.3))),
        kit.clip(cuff),
      ) +
      (shape < 2
        ? box(372, 556, 56, 32, 3, '#f2eadb') + stitches('M378 562H422V582H378Z', '#8a7a66', 1.4)
        : pompom(kit, top, shade(accent, 0.25)))
    )
  },
}

function pompom(kit: Kit, top: number, colour: string): string {
  const y = top - 28
  const yarn = [-0.2, 0, 0.22].map((light, kind) => {
    const hairs = many(14, (index) => {
      const turn = (index * 3 + kind) * 2.399
      const reach = 44 + scatter(index * 3 + kind) * 30
      return d`M400 ${y}L${Math.round(400 + Math.cos(turn) * reach)} ${Math.round(y + Math.sin(turn) * reach)}`
    })
    return stroke(hairs, shade(colour, light), 8)
  })
  return circle(400, y, 58, kit.ball(colour)) + yarn.join('') + circle(386, y - 16, 34, '#fff', opacity(0.14))
}
