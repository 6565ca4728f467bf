/** Bodies of revolution, seen a little from above: most of a kitchen is made of them. @module */
import { shade } from './colour.ts'
import { d, ellipse, type Kit, path } from './kit.ts'

/** How far circles are flattened. */
export const TILT = 0.17

/** Heights and radii in turn, from top to bottom. */
export type Profile = readonly number[]

/**
 * The outline of a turned body around the axis `x`, smooth through its profile.
 *
 * @example
 * outline(400, [380, 120, 600, 90]) // a pot that is 120 wide at y = 380 and 90 at y = 600
 */
export function outline(x: number, profile: Profile, tilt = TILT): string {
  const rings = ringsOf(profile)
  const first = rings[0] ?? ORIGIN
  const last = rings.at(-1) ?? ORIGIN
  const left = rings.map(([y, radius]) => [x - radius, y] as const)
  const right = rings.map(([y, radius]) => [x + radius, y] as const).reverse()
  return (
    d`M${x - first[1]} ${first[0]}` +
    curveThrough(left) +
    d`A${last[1]} ${last[1] * tilt} 0 0 0 ${x + last[1]} ${last[0]}` +
    curveThrough(right) +
    d`A${first[1]} ${first[1] * tilt} 0 0 0 ${x - first[1]} ${first[0]}Z`
  )
}

function ringsOf(profile: Profile): Point[] {
  return Array.from({ length: profile.length / 2 }, (_, index) => [
    profile[index * 2] ?? 0,
    profile[index * 2 + 1] ?? 0,
  ])
}

/** A hoop around a body: clip it to the body. */
export function band(
  x: number,
  y: number,
  radius: number,
  height: number,
  fill: string,
  more = '',
  tilt = TILT,
): string {
  const ry = radius * tilt
  return path(
    d`M${x - radius} ${y}A${radius} ${ry} 0 0 0 ${x + radius} ${y}v${height}A${radius} ${ry} 0 0 1 ${x - radius} ${y + height}Z`,
    fill,
    more,
  )
}

/** The open top of a vessel: the edge, then the hollow with its shade on the side of the light. */
export function mouth(
  kit: Kit,
  x: number,
  y: number,
  radius: number,
  edge: number,
  colour: string,
  inside = colour,
  tilt = TILT,
) {
  const hollow = kit.linear(
    [0, 0, 1, 0.4],
    [0, shade(inside, -0.5)],
    [0.6, shade(inside, -0.28)],
    [1, shade(inside, -0.08)],
  )
  return (
    ellipse(x, y, radius, radius * tilt, shade(colour, 0.24)) +
    ellipse(x, y + edge * 0.12, radius - edge, (radius - edge) * tilt, hollow)
  )
}

/**
 * Catmull–Rom through the points as Bézier curves; the first point is where the path already is.
 * Tangents are weighed by the distances to the neighbours, since close points would otherwise throw loops.
 */
export function curveThrough(points: readonly Point[]): string {
  let text = ''
  for (let index = 0; index < points.length - 1; index++) {
    const from = points[index] ?? ORIGIN
    const to = points[index + 1] ?? ORIGIN
    const before = points[index - 1] ?? from
    const after = points[index + 2] ?? to
    const length = distance(from, to)
    const [leaveX, leaveY] = tangent(before, from, to, length)
    const [arriveX, arriveY] = tangent(from, to, after, length)
    text += d`C${from[0] + leaveX} ${from[1] + leaveY} ${to[0] - arriveX} ${to[1] - arriveY} ${to[0]} ${to[1]}`
  }
  return text
}

type Point = readonly [x: number, y: number]

const ORIGIN: Point = [0, 0]

/** The handle at `at` of a segment as long as `length`. */
function tangent(before: Point, at: Point, after: Point, length: number): Point {
  const around = distance(before, at) + distance(at, after)
  const share = around > 0 ? length / around / 3 : 0
  return [(after[0] - before[0]) * share, (after[1] - before[1]) * share]
}

function distance(from: Point, to: Point): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1])
}
