/** Mixing colours as eyes do, in OKLab: shades keep their hue and do not turn grey. @module */

type Lab = readonly [lightness: number, a: number, b: number]

const LIGHT = '#fffaf0'
const DARK = '#17131d'

/** `amount` from -1 (night) to 1 (paper); 0 is the colour itself. */
export function shade(colour: string, amount: number): string {
  return amount < 0 ? mix(colour, DARK, -amount) : mix(colour, LIGHT, amount)
}

/** `share` of the second colour in the first. Both are `#rrggbb`. */
export function mix(first: string, second: string, share: number): string {
  const from = toLab(first)
  const to = toLab(second)
  const between = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share
  return toHex([between(0), between(1), between(2)])
}

function toLab(hex: string): Lab {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  const [r, g, b] = [red ?? 0, green ?? 0, blue ?? 0]
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]
}

function toHex([lightness, a, b]: Lab): string {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
  return `#${channels.map((channel) => byte(gamma(channel)).toString(16).padStart(2, '0')).join('')}`
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const gamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)
const byte = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 255)
