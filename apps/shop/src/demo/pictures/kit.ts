/**
 * What subjects are drawn with: paints that know where the light is (upper left), shapes, and shadows.
 *
 * @module
 */
import { shade } from './colour.ts'
import { type Palette, paletteAt, woodAt } from './palette.ts'
import { type PictureKey, SHAPE_COUNT } from './slug.ts'

/** Where things stand in the 800 × 800 picture. */
export const FLOOR = 640

type Stop = readonly [offset: number, colour: string, opacity?: number]
type Line = readonly [x1: number, y1: number, x2: number, y2: number]

const ACROSS: Line = [0, 0, 1, 0]
const DOWN: Line = [0, 0, 0, 1]
const ASLANT: Line = [0, 0, 1, 1]

export interface Kit {
  main: string
  accent: string
  /** The palette's wood, for goods and their wooden parts. */
  wood: string
  palette: Palette
  /** Which of the four forms, 0 to 3. */
  shape: number
  /** Whether this one has its stripe, its pattern, its second colour. */
  ornament: boolean
  linear(line: Line, ...stops: Stop[]): string
  radial(circle: readonly [x: number, y: number, radius: number], ...stops: Stop[]): string
  /** A matt round body seen from the side. */
  turned(colour: string): string
  /** A polished round body seen from the side. */
  metal(colour: string): string
  /** A surface that faces us. */
  flat(colour: string, depth?: number): string
  /** Lighter above, darker below. */
  down(colour: string, depth?: number): string
  ball(colour: string): string
  /** White light that fades along a line. */
  gleam(opacity: number, line?: Line): string
  /** Attribute that cuts a shape to a path. */
  clip(path: string): string
  /** A repeated tile, for cloth. */
  tile(width: number, height: number, markup: string): string
  /** Attribute that softens edges, for cast shadows. */
  blur(radius: number): string
  /** Soft shadow on the ground, away from the light, darkest where it touches. */
  shadow(x: number, y: number, radiusX: number, radiusY?: number, strength?: number): string
  definitions(): string
}

/** A kit draws one picture: it numbers the paints that the picture uses. */
export function kitFor({ palette: index, variant }: Pick<PictureKey, 'palette' | 'variant'>): Kit {
  const palette = paletteAt(index)
  const ids = new Map<string, string>()
  const define = (markup: (id: string) => string) => {
    const content = markup('')
    const id = ids.get(content) ?? `p${ids.size}`
    ids.set(content, id)
    return id
  }
  const gradient = (tag: string, attributes: string, stops: readonly Stop[]) =>
    `url(#${define(() => `<${tag} id="?" ${attributes}>${stops.map(stopMarkup).join('')}</${tag}>`)})`
  const linear: Kit['linear'] = ([x1, y1, x2, y2], ...stops) =>
    gradient('linearGradient', `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`, stops)
  const radial: Kit['radial'] = ([x, y, radius], ...stops) =>
    gradient('radialGradient', `cx="${x}" cy="${y}" r="${radius}"`, stops)

  return {
    main: palette.main,
    accent: palette.accent,
    wood: woodAt(index).tone,
    palette,
    shape: variant % SHAPE_COUNT,
    ornament: variant >= SHAPE_COUNT,
    linear,
    radial,
    turned: (colour) =>
      linear(
        ACROSS,
        [0, shade(colour, -0.16)],
        [0.2, shade(colour, 0.16)],
        [0.45, colour],
        [0.86, shade(colour, -0.3)],
        [1, shade(colour, -0.2)],
      ),
    metal: (colour) =>
      linear(
        ACROSS,
        [0, shade(colour, -0.35)],
        [0.12, shade(colour, 0.1)],
        [0.24, shade(colour, 0.62)],
        [0.34, shade(colour, 0.08)],
        [0.7, shade(colour, -0.3)],
        [0.9, shade(colour, -0.48)],
        [1, shade(colour, -0.12)],
      ),
    flat: (colour, depth = 1) =>
      linear(ASLANT, [0, shade(colour, 0.14 * depth)], [0.5, colour], [1, shade(colour, -0.16 * depth)]),
    down: (colour, depth = 1) => linear(DOWN, [0, shade(colour, 0.16 * depth)], [1, shade(colour, -0.18 * depth)]),
    ball: (colour) => radial([0.36, 0.28, 0.78], [0, shade(colour, 0.34)], [0.45, colour], [1, shade(colour, -0.38)]),
    gleam: (opacity, line = ACROSS) => linear(line, [0, '#fff', opacity], [1, '#fff', 0]),
    clip: (path) => ` clip-path="url(#${define(() => `<clipPath id="?"><path d="${path}"/></clipPath>`)})"`,
    tile: (width, height, markup) =>
      `url(#${define(() => `<pattern id="?" width="${width}" height="${height}" patternUnits="userSpaceOnUse">${markup}</pattern>`)})`,
    blur: (radius) =>
      ` filter="url(#${define(() => `<filter id="?" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="${radius}"/></filter>`)})"`,
    shadow: (x, y, radiusX, radiusY = radiusX * 0.13, strength = 1) => {
      const soft = radial(
        [0.5, 0.5, 0.5],
        [0, '#241a16', 0.42 * strength],
        [0.55, '#241a16', 0.2 * strength],
        [1, '#241a16', 0],
      )
      return (
        ellipse(x + radiusX * 0.14, y + radiusY * 0.25, radiusX * 1.3, radiusY * 1.5, soft) +
        ellipse(x, y, radiusX * 1.02, radiusY * 0.62, soft)
      )
    },
    definitions: () => [...ids].map(([content, id]) => content.replace('id="?"', `id="${id}"`)).join(''),
  }
}

function stopMarkup([offset, colour, opacity]: Stop): string {
  return `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${short(opacity)}"`}/>`
}

/** Fills; `more` are further attributes with a space before each. */
export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}"${more}/>`
}

export function ellipse(x: number, y: number, radiusX: number, radiusY: number, fill: string, more = ''): string {
  return `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(radiusX)}" ry="${short(radiusY)}" fill="${fill}"${more}/>`
}

export function circle(x: number, y: number, radius: number, fill: string, more = ''): string {
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}"${more}/>`
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
  more = '',
): string {
  const corners = radius > 0 ? ` rx="${short(radius)}"` : ''
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${corners} fill="${fill}"${more}/>`
}

/** A line with round ends. */
export function stroke(d: string, colour: string, width: number, more = ''): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round"${more}/>`
}

export function group(content: string, more = ''): string {
  return `<g${more}>${content}</g>`
}

export function moved(content: string, x: number, y: number, scale = 1): string {
  return `<g transform="translate(${short(x)} ${short(y)})${scale === 1 ? '' : ` scale(${short(scale)})`}">${content}</g>`
}

export function turnedBy(content: string, degrees: number, x: number, y: number): string {
  return `<g transform="rotate(${short(degrees)} ${short(x)} ${short(y)})">${content}</g>`
}

export function opacity(value: number): string {
  return ` opacity="${short(value)}"`
}

/** A path whose numbers are rounded, so that pictures stay small. */
export function d(parts: TemplateStringsArray, ...values: number[]): string {
  return parts.reduce((text, part, index) => text + short(values[index - 1] ?? 0) + part)
}

/** `count` things from `make`, joined. */
export function many(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('')
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}
