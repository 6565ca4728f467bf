import { shade } from '../colour.ts'
import { box, circle, type Kit, many, moved, opacity } from '../kit.ts'
import { vase } from '../props.ts'
import type { Subject } from '../subject.ts'
import { scatter } from '../surfaces.ts'

/** A tall bookcase, one with doors, a low shelf and a low one with doors. */
export const bookcase: Subject = {
  setting: 'room',
  focus: [400, 330, 1.6],
  contextScale: 0.88,
  studioZoom: [1.12, 1, 1.08, 1.08],
  draw(kit) {
    const { wood, shape, ornament } = kit
    const isLow = shape >= 2
    const [x, y, width, height] = isLow ? [130, 400, 540, 200] : [250, 130, 300, 490]
    const rows = isLow ? 2 : 5
    const row = (height - 20) / rows
    const doors = shape % 2 ? (isLow ? 1 : 2) : 0
    return (
      kit.shadow(x + width / 2 + 6, 634, width / 2, 22) +
      [x + 18, x + width - 34]
        .map((at) => box(at, y + height - 4, 16, 640 - y - height + 2, 2, kit.flat(shade(wood, -0.25))))
        .join('') +
      box(x, y, width, height, 5, kit.flat(wood)) +
      many(rows, (index) => {
        const top = y + 12 + index * row
        return box(
          x + 13,
          top,
          width - 26,
          row - 10,
          0,
          kit.linear([0, 0, 1, 1], [0, shade(wood, -0.52)], [1, shade(wood, -0.34)]),
        )
      }) +
      many(rows - (isLow ? 0 : doors), (index) =>
        shelfOfBooks(kit, x + 22, y + 12 + (index + 1) * row - 10, width - 44, row - 22, index + shape * 3),
      ) +
      (isLow ? box(x + width / 2 - 5, y + 12, 10, height - 22, 0, wood) : '') +
      (doors
        ? doorsOn(
            kit,
            isLow ? x + width / 2 + 5 : x + 13,
            isLow ? y + 12 : y + 12 + (rows - doors) * row,
            isLow ? width / 2 - 18 : width - 26,
            isLow ? height - 22 : doors * row - 10,
          )
        : '') +
      box(x - 6, y - 8, width + 12, 14, 3, kit.down(shade(wood, 0.1))) +
      (ornament ? moved(vase(kit, 0, 0, kit.main), x + width * 0.74, y - 6, 0.7) : '')
    )
  },
}

function shelfOfBooks(kit: Kit, x: number, floor: number, width: number, height: number, seed: number): string {
  const colours = [
    kit.main,
    kit.accent,
    shade(kit.main, -0.3),
    '#efe6d6',
    shade(kit.accent, -0.25),
    shade(kit.main, 0.4),
  ]
  let at = x + scatter(seed) * 26
  let books = ''
  for (let index = 0; at < x + width * (0.55 + scatter(seed + 3) * 0.42); index++) {
    const thick = 13 + scatter(seed * 17 + index) * 15
    const tall = height * (0.62 + scatter(seed * 7 + index * 3) * 0.34)
    const colour = colours[(seed * 5 + index * 7) % colours.length] ?? kit.main
    books +=
      box(at, floor - tall, thick, tall, 1.5, colour) +
      box(at + 2, floor - tall + 9, thick - 4, 3, 0, '#fff', opacity(0.4))
    at += thick + 1
  }
  return books
}

function doorsOn(kit: Kit, x: number, y: number, width: number, height: number): string {
  const half = width / 2 - 2
  return [0, 1]
    .map(
      (side) =>
        box(x + side * (half + 4), y, half, height, 3, kit.flat(shade(kit.ornament ? kit.main : kit.wood, 0.06))) +
        circle(x + half + 2 + (side ? 14 : -14), y + height / 2, 6, '#3b3433'),
    )
    .join('')
}
