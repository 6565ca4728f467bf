import { shade } from '../colour.ts'
import { box, circle, d, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** A trowel, a hand fork, and sets of them. */
export const trowel: Subject = {
  setting: 'table',
  isFlat: [true, true, true, true],
  focus: [400, 470, 1.5],
  contextScale: 0.62,
  draw(kit) {
    const { shape } = kit
    if (shape < 2) return `<g transform="rotate(${shape ? -32 : 34} 400 420)">${tool(kit, shape, 400)}</g>`
    return [0, 1, 2]
      .map(
        (index) =>
          `<g transform="translate(${(index - 1) * 170} ${index === 1 ? 0 : 16}) rotate(${(index - 1) * 9} 400 600)">${tool(kit, shape === 3 ? 2 - index : index, 400)}</g>`,
      )
      .join('')
  },
}

const HEADS = [
  'M356 400Q350 300 378 250Q392 226 400 224Q408 226 422 250Q450 300 444 400Q424 424 410 424L390 424Q376 424 356 400Z',
  'M350 240L362 236L370 350Q374 372 392 372L392 228L408 228L408 372Q426 372 430 350L438 236L450 240L446 380Q440 408 408 410L408 430L392 430L392 410Q360 408 354 380Z',
  'M384 230L400 216L416 230L418 400Q416 424 400 426Q384 424 382 400Z',
]

function tool(kit: Kit, head: number, x: number): string {
  const grip = kit.main
  const outlineOf = HEADS[head] ?? ''
  const handle = 'M380 486Q382 470 400 470Q418 470 420 486L426 590Q432 640 400 648Q368 640 374 590Z'
  return (
    path(outlineOf + handle, '#241a16', ` transform="translate(16 16)"${opacity(0.2)}${kit.blur(9)}`) +
    stroke(d`M${x} 400V480`, '#8d8f94', 15) +
    stroke(d`M${x - 3} 404V478`, '#e9ebee', 4) +
    path(outlineOf, kit.linear([0, 0, 1, 0], [0, '#8c9096'], [0.3, '#f1f3f4'], [0.55, '#b4b8bd'], [1, '#7d8187'])) +
    (head === 0 ? stroke('M400 250V404', '#7d8187', 5, opacity(0.5)) : '') +
    path(handle, kit.turned(grip)) +
    box(379, 474, 42, 16, 4, kit.metal('#b58f50')) +
    (kit.ornament ? box(376, 540, 48, 30, 0, kit.turned(kit.accent)) : '') +
    circle(400, 622, 7, shade(grip, -0.6)) +
    stroke('M400 624q-26 30 -4 50q22 -14 8 -50', '#6d4a30', 4)
  )
}
