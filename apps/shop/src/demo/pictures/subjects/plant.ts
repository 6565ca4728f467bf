import { shade } from '../colour.ts'
import { box, d, ellipse, FLOOR, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { blade, leaf, speckles } from '../surfaces.ts'
import { band, mouth, outline } from '../turning.ts'

/** A monstera, a snake plant, a small tree or a fern, in a pot. */
export const plant: Subject = {
  setting: 'room',
  focus: [400, 330, 1.4],
  contextScale: 0.84,
  studioZoom: [1, 1.12, 1.02, 1.12],
  draw(kit) {
    const pot = outline(400, [470, 104, 486, 104, 600, 84, 634, 76])
    const clip = kit.clip(pot)
    return (
      kit.shadow(405, FLOOR, 110) +
      (FORMS[kit.shape] ?? monstera)(kit) +
      path(pot, kit.turned(kit.main)) +
      (kit.ornament
        ? group(band(400, 530, 120, 34, kit.turned(kit.accent)), clip)
        : speckles(290, 470, 220, 170, shade(kit.main, -0.5), clip, 22)) +
      group(box(312, 486, 18, 140, 9, kit.gleam(0.4, [0, 0, 0, 1])), clip) +
      path(outline(400, [456, 112, 490, 112]), kit.turned(shade(kit.main, 0.04))) +
      mouth(kit, 400, 456, 112, 8, kit.main) +
      ellipse(400, 460, 98, 14, '#4a382c') +
      front(kit)
    )
  },
}

const FORMS = [monstera, snake, tree, fern]
const GREENS = ['#4f7352', '#6b9068', '#3f6147', '#7fa277', '#587c57']

function green(index: number): string {
  return GREENS[index % GREENS.length] ?? '#4f7352'
}

function monstera(kit: Kit): string {
  const leaves = [
    [-66, 250, 74],
    [-34, 300, 84],
    [4, 330, 92],
    [40, 292, 84],
    [70, 240, 72],
    [-12, 220, 66],
  ] as const
  return leaves
    .map(([tilt, length, size], index) => {
      const x = 400 + Math.sin((tilt * Math.PI) / 180) * length * 0.62
      const y = 456 - Math.cos((tilt * Math.PI) / 180) * length * 0.62
      return (
        stroke(d`M400 456Q${400 + (x - 400) * 0.3} ${y + 40} ${x} ${y}`, '#5f7d58', 6) +
        split(kit, x, y, size, tilt * 1.15, green(index))
      )
    })
    .join('')
}

function split(kit: Kit, x: number, y: number, size: number, tilt: number, colour: string): string {
  const blade =
    'M0 10C-46 16 -96 -20 -92 -74L-58 -66L-88 -92C-84 -116 -72 -132 -56 -144L-38 -108L-44 -152C-28 -164 -12 -170 0 -182C12 -170 28 -164 44 -152L38 -108L56 -144C72 -132 84 -116 88 -92L58 -66L92 -74C96 -20 46 16 0 10Z'
  const scale = size / 84
  return `<g transform="translate(${Math.round(x)} ${Math.round(y)}) rotate(${Math.round(tilt)}) scale(${scale.toFixed(2)})">${path(
    blade,
    kit.linear(
      [0, 0, 1, 0.4],
      [0, shade(colour, 0.2)],
      [0.5, colour],
      [0.51, shade(colour, -0.1)],
      [1, shade(colour, -0.2)],
    ),
  )}${stroke('M0 8V-166M0 -40L-54 -62M0 -40L54 -62M0 -90L-40 -124M0 -90L40 -124', shade(colour, 0.35), 2.5, opacity(0.5))}</g>`
}

function snake(): string {
  return many(9, (index) => {
    const tilt = (index - 4) * 7
    const x = 400 + (index - 4) * 17
    const tall = 300 - Math.abs(index - 4) * 26 + (index % 2) * 34
    const colour = green(index)
    const blade = d`M0 0C-30 ${-tall * 0.4} -22 ${-tall * 0.8} 3 ${-tall}C24 ${-tall * 0.8} 28 ${-tall * 0.4} 12 0Z`
    const bands = many(6, (row) =>
      stroke(d`M-18 ${-40 - row * tall * 0.14}q18 -12 36 0`, shade(colour, -0.3), 4, opacity(0.4)),
    )
    return `<g transform="translate(${x} 462) rotate(${tilt})">${path(blade, '#c8c98b')}<g transform="translate(1 0) scale(.76 .97)">${path(blade, colour)}${bands}</g></g>`
  })
}

function tree(kit: Kit): string {
  const crown = [0, 1, 2].map((layer) => {
    const leaves = many(15, (index) => {
      const turn = (index * 3 + layer) * 2.4
      const radius = 30 + 18 * Math.sqrt(index * 3 + layer)
      return blade(400 + Math.cos(turn) * radius * 1.1, 250 + Math.sin(turn) * radius * 0.86, 58, 17, turn + 1)
    })
    return path(leaves, green(layer + 1))
  })
  return (
    ellipse(400, 250, 128, 102, '#3f6147', opacity(0.9)) +
    stroke(
      'M398 460C392 400 408 360 400 290M400 380Q430 350 450 310M400 350Q370 330 352 290',
      shade(kit.wood, -0.35),
      13,
    ) +
    crown.join('')
  )
}

function fern(): string {
  return many(12, (index) => {
    const length = 210 + (index % 3) * 34
    const leaflets = many(7, (pair) => {
      const size = 44 * (1 - pair * 0.1)
      const y = -26 - pair * length * 0.12
      return blade(0, y, size, 8, 1.1) + blade(0, y, size, 8, -1.1)
    })
    return `<g transform="translate(400 464) rotate(${-82 + index * 15})">${stroke(d`M0 0V${-length}`, '#5d7a55', 3)}${path(leaflets, green(index))}</g>`
  })
}

function front(kit: Kit): string {
  if (kit.shape !== 3) return ''
  return [-1, 1]
    .map(
      (side) =>
        stroke(d`M${400 + side * 60} 460Q${400 + side * 140} 470 ${400 + side * 132} 580`, '#5d7a55', 3) +
        many(6, (index) =>
          leaf(
            400 + side * (100 + index * 7),
            470 + index * 22,
            34,
            13,
            side * (60 + index * 16),
            green(index),
            '#4c6b4a',
          ),
        ),
    )
    .join('')
}
