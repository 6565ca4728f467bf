import { shade } from '../colour.ts'
import { box, d, type Kit, many, path } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Full and compact keyboards, seen from the seat. */
export const keyboard: Subject = {
  setting: 'desk',
  focus: [320, 520, 1.9],
  contextScale: 0.74,
  studioZoom: [1.04, 1.04, 1.12, 1.12],
  draw(kit) {
    const { main, shape } = kit
    const isCompact = shape >= 2
    const columns = isCompact ? 11 : 15
    const half = isCompact ? 250 : 320
    const frame = shape % 2 ? kit.wood : shade(main, -0.22)
    return (
      kit.shadow(405, 622, half + 20, 34) +
      path(
        d`M${400 - half + 34} 400H${400 + half - 34}L${400 + half} 596H${400 - half}Z`,
        kit.linear([0, 0, 1, 1], [0, shade(frame, 0.2)], [1, shade(frame, -0.16)]),
      ) +
      path(
        d`M${400 - half} 596H${400 + half}L${400 + half - 6} 624Q${400 + half - 8} 630 ${400 + half - 16} 630H${400 - half + 16}Q${400 - half + 8} 630 ${400 - half + 6} 624Z`,
        kit.down(shade(frame, -0.25)),
      ) +
      path(
        d`M${400 - half + 44} 412H${400 + half - 44}L${400 + half - 18} 584H${400 - half + 18}Z`,
        shade(frame, -0.5),
      ) +
      many(5, (row) => keys(kit, row, columns, half))
    )
  },
}

function keys(kit: Kit, row: number, columns: number, half: number): string {
  const { main, accent, ornament } = kit
  const top = 416 + row * 33 + row * row * 0.4
  const height = 30 + row * 0.6
  const left = 400 - half + 42 - row * 5.4
  const width = (2 * half - 84 + row * 10.8) / columns
  const cap = (x: number, wide: number, tone: string) =>
    box(x + 2, top + 2, wide - 4, height, 6, shade(tone, -0.32)) +
    box(x + 4, top, wide - 8, height - 6, 5, shade(tone, 0.14))
  const light = shade(main, 0.62)
  if (row === 4) {
    const bar = Math.round(columns * 0.42)
    const side = (columns - bar) / 2
    return (
      many(Math.floor(side), (index) => cap(left + index * width, width, main)) +
      cap(left + Math.floor(side) * width, bar * width, ornament ? accent : light) +
      many(columns - bar - Math.floor(side), (index) =>
        cap(left + (Math.floor(side) + bar + index) * width, width, main),
      )
    )
  }
  return many(columns, (index) => {
    const isEdge = index === 0 || index >= columns - 1
    const tone =
      row === 0 && index === 0
        ? accent
        : isEdge || (row === 2 && index > columns - 3 && ornament)
          ? ornament && index > 0
            ? accent
            : main
          : light
    return cap(left + index * width, width, tone)
  })
}
