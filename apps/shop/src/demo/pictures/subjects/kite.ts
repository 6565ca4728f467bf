import { shade } from '../colour.ts'
import { circle, d, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Diamonds and deltas in the air. */
export const kite: Subject = {
  setting: 'sky',
  isFlat: [true, true, true, true],
  focus: [400, 330, 1.5],
  contextScale: 0.8,
  studioZoom: [1, 1, 1, 1],
  draw(kit) {
    const { main, accent, shape, ornament } = kit
    const isDelta = shape >= 2
    const panels = isDelta
      ? shape === 2
        ? ['M400 180L120 440L400 400Z', 'M400 180L680 440L400 400Z']
        : ['M400 170L90 390Q250 380 400 460Z', 'M400 170L710 390Q550 380 400 460Z']
      : shape === 0
        ? [
            'M400 130L220 330L400 330Z',
            'M400 130L580 330L400 330Z',
            'M220 330L400 330L400 600Z',
            'M580 330L400 330L400 600Z',
          ]
        : [
            'M400 150L190 380L400 380Z',
            'M400 150L610 380L400 380Z',
            'M190 380L400 380L400 590Z',
            'M610 380L400 380L400 590Z',
          ]
    const tones = ornament
      ? [main, accent, shade(accent, -0.15), shade(main, -0.2)]
      : [shade(main, 0.15), main, shade(main, -0.1), accent]
    const bottom = isDelta ? 420 : 595
    return (
      path(panels.join(''), '#241a16', ` transform="translate(18 24)"${opacity(0.16)}${kit.blur(12)}`) +
      panels.map((panel, index) => path(panel, kit.flat(tones[index % 4] ?? main))).join('') +
      (isDelta
        ? path('M400 300L360 410L400 560L440 410Z', kit.flat(ornament ? shade(main, -0.25) : accent)) +
          circle(400, 330, 0, main)
        : ornament
          ? circle(400, shape === 0 ? 330 : 380, 56, shade(main, -0.3)) +
            circle(400, shape === 0 ? 330 : 380, 30, shade(accent, 0.3))
          : '') +
      stroke(
        isDelta
          ? 'M400 176V560M130 434L400 190L670 434'
          : d`M400 134V${bottom}M${shape === 0 ? 220 : 190} ${shape === 0 ? 330 : 380}H${shape === 0 ? 580 : 610}`,
        shade(kit.wood, -0.3),
        5,
        opacity(0.8),
      ) +
      tail(kit, bottom)
    )
  },
}

function tail(kit: Kit, y: number): string {
  const { main, accent } = kit
  const from = kit.shape >= 2 ? 560 : y
  const bows = many(4, (index) => {
    const x = 400 + Math.sin(index * 1.9 + 0.8) * 46
    const at = from + 44 + index * 40
    return path(d`M${x} ${at}l-34 -16v32ZM${x} ${at}l34 -16v32Z`, index % 2 ? accent : shade(main, -0.1))
  })
  return (
    stroke(d`M400 ${from}C470 ${from + 50} 330 ${from + 110} 420 ${from + 190}`, '#6d665c', 3.5) +
    bows +
    stroke(d`M400 ${y - 240}Q300 ${y} 120 800`, '#8a8379', 1.6, opacity(0.6))
  )
}
