/** What things are covered with: grain, glaze, stitches, light. @module */
import { shade } from './colour.ts'
import { d, ellipse, group, type Kit, many, opacity, stroke } from './kit.ts'

/** A fraction in [0, 1) from a number, for scatter that is always the same. */
export function scatter(index: number): number {
  const value = Math.sin(index * 12.9898 + 4.1414) * 43758.5453
  return value - Math.floor(value)
}

/** Wood grain across a rectangle; cut it to the shape with `clip`. */
export function grain(
  x: number,
  y: number,
  width: number,
  height: number,
  tone: string,
  clip: string,
  lines = 9,
): string {
  const strokes = many(lines, (index) => {
    const at = y + (height * (index + 0.3 + scatter(index) * 0.5)) / lines
    const bend = height * (scatter(index + 40) - 0.5) * 0.22
    return stroke(
      d`M${x} ${at}C${x + width * 0.3} ${at + bend} ${x + width * 0.6} ${at - bend} ${x + width} ${at + bend * 0.5}`,
      shade(tone, -0.32),
      1.2 + scatter(index + 9) * 2.2,
      opacity(0.16 + scatter(index + 5) * 0.2),
    )
  })
  return group(strokes, clip)
}

/** Round dots of one size, as one path. */
export function dots(
  points: readonly (readonly [x: number, y: number])[],
  size: number,
  colour: string,
  more = '',
): string {
  return stroke(points.map(([x, y]) => d`M${Math.round(x)} ${Math.round(y)}h0`).join(''), colour, size, more)
}

/** Iron specks in a glaze. */
export function speckles(
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  clip: string,
  count = 34,
): string {
  const sizes = [3, 4.6, 6.4].map((size, kind) => {
    const points = Array.from({ length: Math.ceil(count / 3) }, (_, index) => {
      const seed = index * 3 + kind
      return [x + scatter(seed) * width, y + scatter(seed + 100) * height] as const
    })
    return dots(points, size, colour)
  })
  return group(sizes.join(''), clip + opacity(0.4))
}

/** A seam. */
export function stitches(path: string, colour: string, width = 2.4): string {
  return stroke(path, colour, width, ' stroke-dasharray="9 7"')
}

/** Light around a lamp. */
export function glow(kit: Kit, x: number, y: number, radiusX: number, radiusY: number, strength = 0.7): string {
  const light = kit.radial(
    [0.5, 0.5, 0.5],
    [0, '#ffe6ad', strength],
    [0.45, '#ffdf9c', strength * 0.4],
    [1, '#ffdf9c', 0],
  )
  return ellipse(x, y, radiusX, radiusY, light)
}

/** A pointed leaf from its stalk at (x, y), `length` long towards `degrees` (0 is up). Large ones have a rib. */
export function leaf(
  x: number,
  y: number,
  length: number,
  breadth: number,
  degrees: number,
  fill: string,
  vein: string,
): string {
  const place = `transform="translate(${Math.round(x)} ${Math.round(y)}) rotate(${Math.round(degrees)})"`
  if (length < 70)
    return `<path ${place} d="${d`M0 0Q${-breadth} ${-length * 0.5} 0 ${-length}Q${breadth} ${-length * 0.5} 0 0Z`}" fill="${fill}"/>`
  const blade = d`M0 0C${-breadth} ${-length * 0.3} ${-breadth * 0.8} ${-length * 0.8} 0 ${-length}C${breadth * 0.8} ${-length * 0.8} ${breadth} ${-length * 0.3} 0 0Z`
  return `<g ${place}><path d="${blade}" fill="${fill}"/>${stroke(d`M0 0V${-length * 0.86}`, vein, Math.max(1.5, length / 60), opacity(0.5))}</g>`
}

/** A leaf as a part of a longer path, for many of one colour; `turn` in radians from upright. */
export function blade(x: number, y: number, length: number, breadth: number, turn: number): string {
  const at = (along: number, aside: number) =>
    `${Math.round(x + Math.sin(turn) * along + Math.cos(turn) * aside)} ${Math.round(y - Math.cos(turn) * along + Math.sin(turn) * aside)}`
  return `M${at(0, 0)}Q${at(length / 2, -breadth)} ${at(length, 0)}Q${at(length / 2, breadth)} ${at(0, 0)}`
}

/** Stocking stitch, to be laid over a colour. */
export function knitting(kit: Kit, colour: string, size = 12): string {
  return kit.tile(
    size,
    size,
    stroke(
      d`M0 ${size * 0.15}L${size / 2} ${size * 0.7}L${size} ${size * 0.15}`,
      shade(colour, -0.4),
      size * 0.14,
      opacity(0.4),
    ) +
      stroke(
        d`M0 ${size * 0.45}L${size / 2} ${size}L${size} ${size * 0.45}`,
        shade(colour, 0.5),
        size * 0.12,
        opacity(0.3),
      ),
  )
}

/** Plain weave, to be laid over a colour. */
export function weave(kit: Kit, colour: string, size = 7): string {
  return kit.tile(
    size,
    size,
    stroke(d`M0 0H${size}`, shade(colour, 0.45), 1.2, opacity(0.3)) +
      stroke(d`M0 0V${size}`, shade(colour, -0.45), 1.2, opacity(0.25)),
  )
}

/** Creases in cloth. */
export function folds(paths: string, colour: string): string {
  return (
    stroke(paths, shade(colour, -0.5), 9, opacity(0.13)) +
    stroke(paths, shade(colour, 0.5), 4, ` transform="translate(-7 -3)"${opacity(0.2)}`)
  )
}
