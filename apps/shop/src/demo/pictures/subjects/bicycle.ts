import { shade } from '../colour.ts'
import { box, circle, d, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { leaf } from '../surfaces.ts'

/** A city bike, a road bike, a mini velo and a single-speed. */
export const bicycle: Subject = {
  setting: 'outside',
  focus: [470, 420, 1.6],
  contextScale: 0.98,
  studioZoom: [1, 1, 1, 1],
  draw(kit) {
    const radius = kit.shape === 2 ? 96 : 132
    const y = 636 - radius
    const rear = [214, y] as const
    const front = [600, y] as const
    return (
      kit.shadow(405, 632, 320, 18) +
      wheel(kit, ...rear, radius) +
      wheel(kit, ...front, radius) +
      frame(kit, rear, front, y) +
      extras(kit, rear, front, radius)
    )
  },
}

function wheel(kit: Kit, x: number, y: number, radius: number): string {
  const tyre = kit.ornament ? '#b98a5a' : '#2b2a2e'
  const spokes = many(14, (index) => {
    const turn = (index / 14) * Math.PI
    return d`M${x - Math.cos(turn) * radius * 0.9} ${y - Math.sin(turn) * radius * 0.9}L${x + Math.cos(turn) * radius * 0.9} ${y + Math.sin(turn) * radius * 0.9}`
  })
  return (
    stroke(spokes, '#8f8f93', 1.6, opacity(0.8)) +
    circle(x, y, radius - 5, 'none', ` stroke="${tyre}" stroke-width="${kit.shape === 1 ? 9 : 13}"`) +
    circle(x, y, radius - 15, 'none', ' stroke="#c9c8c6" stroke-width="5"') +
    circle(x, y, 13, kit.ball('#8f8f93'))
  )
}

type Point = readonly [number, number]

function frame(kit: Kit, rear: Point, front: Point, y: number): string {
  const { main, shape } = kit
  const crank = [388, y + 14] as const
  const seat = shape === 2 ? ([340, 384] as const) : ([334, 356] as const)
  const head = shape === 0 ? ([546, 330] as const) : ([542, 342] as const)
  const headLow = [556, 388] as const
  const tube = (line: string, width = 15) =>
    stroke(line, shade(main, -0.25), width) +
    stroke(line, shade(main, 0.16), width * 0.4, ' transform="translate(-1.5 -2)"')
  const top =
    shape === 0
      ? d`M${headLow[0]} ${headLow[1]}C500 470 440 ${y - 10} ${crank[0]} ${crank[1]}`
      : d`M${seat[0] + 2} ${seat[1] + 20}L${head[0]} ${head[1] + 12}`
  const down =
    shape === 0
      ? d`M${head[0]} ${head[1] + 10}C470 420 400 440 ${seat[0] + 22} ${seat[1] + 90}`
      : d`M${headLow[0]} ${headLow[1]}L${crank[0]} ${crank[1]}`
  return (
    tube(d`M${rear[0]} ${rear[1]}L${crank[0]} ${crank[1]}`, 10) +
    tube(d`M${rear[0]} ${rear[1]}L${seat[0] + 6} ${seat[1] + 34}`, 9) +
    tube(
      d`M${head[0]} ${head[1]}L${headLow[0]} ${headLow[1]}Q${front[0] - 24} ${front[1] - 60} ${front[0]} ${front[1]}`,
      12,
    ) +
    tube(top) +
    tube(down) +
    tube(d`M${seat[0]} ${seat[1] + 4}L${crank[0]} ${crank[1]}`) +
    stroke(d`M${seat[0]} ${seat[1] + 6}L${seat[0] - 16} ${seat[1] - 54}`, '#a9a8a6', 9) +
    path(
      d`M${seat[0] - 76} ${seat[1] - 64}Q${seat[0] - 60} ${seat[1] - 84} ${seat[0] - 10} ${seat[1] - 74}L${seat[0] + 46} ${seat[1] - 62}Q${seat[0] + 56} ${seat[1] - 54} ${seat[0] + 40} ${seat[1] - 52}Q${seat[0] - 10} ${seat[1] - 56} ${seat[0] - 30} ${seat[1] - 42}Q${seat[0] - 66} ${seat[1] - 40} ${seat[0] - 76} ${seat[1] - 64}Z`,
      kit.down(kit.ornament ? '#8a5a38' : '#333136', 1.6),
    ) +
    circle(crank[0], crank[1], 36, 'none', ' stroke="#5d5c61" stroke-width="8"') +
    circle(crank[0], crank[1], 12, kit.ball('#8f8f93')) +
    stroke(
      d`M${crank[0]} ${crank[1] - 34}L${rear[0]} ${rear[1] - 12}M${crank[0]} ${crank[1] + 34}L${rear[0]} ${rear[1] + 12}`,
      '#5d5c61',
      4,
      ' stroke-dasharray="4 3"',
    ) +
    stroke(d`M${crank[0]} ${crank[1]}L${crank[0] + 40} ${crank[1] + 52}`, '#77767b', 9) +
    box(crank[0] + 22, crank[1] + 50, 44, 12, 4, '#2b2a2e')
  )
}

function extras(kit: Kit, rear: Point, front: Point, radius: number): string {
  const { accent, main, shape, ornament } = kit
  const grip = ornament ? '#8a5a38' : '#2b2a2e'
  const guard = (sweep: string) => stroke(sweep, shade(ornament ? accent : main, -0.1), 9)
  if (shape === 1)
    return (
      stroke('M544 330L556 318L620 318Q652 322 648 360Q640 392 600 388', '#3a393e', 13) +
      stroke('M622 322Q650 326 646 358Q638 386 606 386', grip, 13)
    )
  if (shape === 3) return stroke('M542 336L540 310L640 302', '#8f8f93', 12) + stroke('M596 305L650 301', grip, 16)
  return (
    guard(
      d`M${rear[0] - radius - 6} ${rear[1]}A${radius + 6} ${radius + 6} 0 0 1 ${rear[0] + radius * 0.76} ${rear[1] - radius * 0.72}`,
    ) +
    guard(
      d`M${front[0] - radius * 0.8} ${front[1] - radius * 0.7}A${radius + 6} ${radius + 6} 0 0 1 ${front[0] + radius * 0.7} ${front[1] - radius * 0.78}`,
    ) +
    stroke(d`M546 332L536 270Q500 250 456 274`, '#8f8f93', 11) +
    stroke('M492 258L450 277', grip, 17) +
    circle(574, 360, 17, kit.ball('#e9e4da')) +
    circle(579, 360, 9, '#fff3c8') +
    (shape === 0
      ? basket(kit)
      : path('M150 476H290V490H150Z', '#5d5c61') + stroke('M170 490L210 540M270 490L220 540', '#5d5c61', 5))
  )
}

function basket(kit: Kit): string {
  const tone = '#c4a274'
  return (
    path(
      'M566 262L700 262L682 350L584 350Z',
      kit.linear([0, 0, 1, 0], [0, shade(tone, 0.2)], [1, shade(tone, -0.25)]),
    ) +
    stroke(
      'M570 284H696M574 306H691M578 328H686M596 262L606 350M626 262L630 350M658 262L654 350',
      shade(tone, -0.4),
      3,
      opacity(0.6),
    ) +
    stroke('M562 262H704', shade(tone, -0.2), 9) +
    leaf(620, 266, 70, 16, -20, '#6f9a63', '#4e7549') +
    leaf(650, 266, 62, 15, 18, '#83ad74', '#4e7549')
  )
}
