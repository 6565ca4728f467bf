/** Small things that stand around in the third picture. @module */
import { shade } from './colour.ts'
import { box, circle, d, group, type Kit, many, opacity, path, stroke } from './kit.ts'
import { blade, leaf } from './surfaces.ts'
import { mouth, outline } from './turning.ts'

/** A vase with a few branches, standing on (x, y). */
export function vase(kit: Kit, x: number, y: number, colour: string): string {
  const branches = [-24, -4, 20].map((tilt, index) => branch(x, y - 118, 150 + index * 26, tilt)).join('')
  const body = outline(x, [y - 124, 17, y - 106, 14, y - 62, 42, y - 12, 32, y, 26])
  return kit.shadow(x, y, 46) + branches + path(body, kit.turned(colour)) + mouth(kit, x, y - 124, 17, 4, colour)
}

function branch(x: number, y: number, length: number, tilt: number): string {
  const leaves = many(5, (index) => {
    const at = length * (0.32 + index * 0.16)
    return blade(x, y - at, 40 - index * 3, 11, index % 2 ? 0.9 : -0.9)
  })
  return `<g transform="rotate(${tilt} ${x} ${y})">${stroke(d`M${x} ${y}V${y - length}`, '#6d6253', 3)}${path(leaves + blade(x, y - length, 38, 11, 0), '#7f9177')}</g>`
}

/** A few books, flat. */
export function books(kit: Kit, x: number, y: number, colours: readonly string[]): string {
  const stack = colours.map((colour, index) => {
    const width = 150 - index * 14
    const left = x - width / 2 + (index % 2) * 8
    const top = y - (index + 1) * 26
    return (
      box(left, top, width, 26, 3, kit.down(colour, 1.3)) +
      box(left + width - 10, top + 4, 10, 18, 0, '#f2eadb') +
      box(left + 14, top + 11, width * 0.3, 3, 1, '#fff', opacity(0.4))
    )
  })
  return kit.shadow(x, y, 84, 9) + stack.join('')
}

/** Oranges, or apples, as the palette has it. */
export function fruit(kit: Kit, x: number, y: number, colour: string): string {
  const at = [
    [-34, -30, 31],
    [30, -33, 33],
    [0, -24, 26],
  ] as const
  return (
    kit.shadow(x, y, 74, 10) +
    at
      .map(
        ([dx, dy, radius]) =>
          circle(x + dx, y + dy, radius, kit.ball(colour)) +
          circle(x + dx + 3, y + dy - radius + 5, 3, shade(colour, -0.5)),
      )
      .join('')
  )
}

/** A picture on the wall. */
export function artwork(kit: Kit, x: number, y: number, width: number, height: number): string {
  const { main, accent, palette } = kit
  return (
    box(x + 8, y + 12, width, height, 2, '#241a16', opacity(0.16)) +
    box(x, y, width, height, 2, kit.flat(kit.wood)) +
    box(x + 9, y + 9, width - 18, height - 18, 0, '#fbf7ef') +
    group(
      circle(x + width * 0.58, y + height * 0.38, width * 0.17, accent) +
        path(
          d`M${x + 24} ${y + height * 0.72}Q${x + width * 0.35} ${y + height * 0.38} ${x + width * 0.58} ${y + height * 0.66}T${x + width - 24} ${y + height * 0.58}V${y + height - 24}H${x + 24}Z`,
          shade(main, 0.1),
        ) +
        box(x + 24, y + height * 0.8, width - 48, height * 0.2 - 24, 0, shade(palette.main, -0.25)),
    )
  )
}

/** A tall plant in a basket. */
export function tallPlant(kit: Kit, x: number, y: number): string {
  const leaves = [-58, -34, -14, 10, 32, 56]
    .map((tilt, index) =>
      leaf(x, y - 96, 200 + (index % 3) * 46, 32, tilt, index % 2 ? '#5f7a5b' : '#74906b', '#4c6449'),
    )
    .join('')
  return (
    kit.shadow(x, y, 70) +
    leaves +
    path(outline(x, [y - 110, 58, y - 40, 62, y, 48]), kit.turned('#c4a274')) +
    many(4, (row) =>
      stroke(
        d`M${x - 60} ${y - 92 + row * 24}Q${x} ${y - 78 + row * 24} ${x + 60} ${y - 92 + row * 24}`,
        '#8f7149',
        2.5,
        opacity(0.5),
      ),
    )
  )
}

/** The sun through a window, on a wall. */
export function windowLight(x: number, y: number): string {
  const pane = (dx: number, dy: number) => path(d`M${x + dx} ${y + dy}l120 24l-34 150l-120 -24Z`, '#fff6dc')
  return group(pane(0, 0) + pane(136, 27) + pane(-40, 168) + pane(96, 195), opacity(0.42))
}
