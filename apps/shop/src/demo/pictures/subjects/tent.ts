import { shade } from '../colour.ts'
import { box, d, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** A dome, a family tunnel, a tipi and a ridge tent. */
export const tent: Subject = {
  setting: 'outside',
  focus: [400, 500, 1.5],
  contextScale: 0.9,
  studioZoom: [1.08, 1.02, 1.1, 1.08],
  draw(kit) {
    return kit.shadow(410, 632, 300, 30) + (FORMS[kit.shape] ?? dome)(kit)
  },
}

const FORMS = [dome, tunnel, tipi, ridge]

function guy(line: string): string {
  return stroke(line, '#6d665c', 2.5, opacity(0.7))
}

function side(kit: Kit, shape: string, tone: number, colour = kit.main): string {
  return path(
    shape,
    kit.linear(
      [0, 0, 0.8, 1],
      [0, shade(colour, 0.24 + tone)],
      [0.5, shade(colour, tone)],
      [1, shade(colour, tone - 0.22)],
    ),
  )
}

function inside(kit: Kit, shape: string): string {
  return path(shape, kit.linear([0, 0, 0, 1], [0, '#2a2326'], [1, shade(kit.accent, -0.5)]))
}

function dome(kit: Kit): string {
  const fly = kit.ornament ? kit.accent : shade(kit.main, -0.12)
  return (
    guy('M200 430L90 634M604 430L716 634') +
    side(kit, 'M124 632Q150 330 400 290Q650 330 676 632Z', 0) +
    side(kit, 'M400 290Q650 330 676 632L520 632Q500 420 400 290Z', -0.2) +
    side(kit, 'M400 290Q300 420 276 632L520 632Q500 420 400 290Z', 0.04, fly) +
    inside(kit, 'M400 380Q340 480 328 632L468 632Q456 480 400 380Z') +
    path('M400 380Q340 480 328 632L300 632Q312 470 400 380Z', shade(fly, 0.3)) +
    box(330, 612, 136, 20, 8, shade(kit.main, 0.5)) +
    stroke('M140 560Q200 340 400 290Q600 340 660 560', shade(kit.main, -0.45), 4) +
    stroke('M400 290Q310 430 276 632M400 290Q500 420 520 632', shade(kit.main, -0.45), 3, opacity(0.6))
  )
}

function tunnel(kit: Kit): string {
  const front = kit.ornament ? kit.accent : shade(kit.main, 0.06)
  return (
    guy('M640 380L760 634M100 460L40 634') +
    side(kit, 'M70 632Q76 400 200 360L560 300Q720 320 730 632Z', -0.12) +
    [230, 390]
      .map((x, index) =>
        stroke(d`M${x} ${352 - index * 26}Q${x - 40} 480 ${x - 50} 632`, shade(kit.main, -0.45), 4, opacity(0.6)),
      )
      .join('') +
    path('M120 520L200 500L196 570L112 574Z', '#dfe8ea', opacity(0.6)) +
    side(kit, 'M380 632Q390 330 560 300Q730 330 740 632Z', 0, front) +
    inside(kit, 'M480 632Q488 410 560 390Q640 410 650 632Z') +
    path('M480 632Q488 410 560 390Q510 440 506 632Z', shade(front, 0.34)) +
    path('M650 632Q640 410 560 390Q610 440 622 632Z', shade(front, 0.1)) +
    stroke('M380 632Q390 330 560 300Q730 330 740 632', shade(front, -0.45), 5)
  )
}

function tipi(kit: Kit): string {
  const colour = kit.ornament ? '#efe5d1' : kit.main
  return (
    [-34, 0, 30].map((lean) => stroke(d`M${400 + lean} 150L${400 - lean * 0.6} 250`, kit.wood, 11)).join('') +
    guy('M300 420L120 634M500 420L680 634') +
    side(kit, 'M400 206L160 632Q400 660 640 632Z', 0, colour) +
    side(kit, 'M400 206L640 632Q560 644 480 646Z', -0.22, colour) +
    (kit.ornament
      ? group(
          path('M140 560L660 560L680 600L120 600Z', kit.main) +
            many(16, (index) => path(d`M${150 + index * 34} 556l17 -26l17 26Z`, kit.accent)),
          kit.clip('M400 206L160 632Q400 660 640 632Z'),
        )
      : '') +
    inside(kit, 'M400 330Q350 480 340 640L470 642Q456 480 400 330Z') +
    path('M400 330Q350 480 340 640L300 636Q330 470 400 330Z', shade(colour, 0.4)) +
    path('M400 330Q456 480 470 642L504 640Q478 470 400 330Z', shade(colour, 0.1)) +
    path('M376 250Q400 236 424 250L414 222L386 222Z', shade(kit.accent, -0.1))
  )
}

function ridge(kit: Kit): string {
  const { main, accent, ornament } = kit
  return (
    guy('M330 250L150 634M580 290L740 620') +
    side(kit, 'M330 250L580 290L700 600L530 634Z', -0.24) +
    side(kit, 'M330 250L130 634L530 634Z', 0) +
    (ornament
      ? group(
          many(5, (index) => path(d`M${140 + index * 90} 640L330 250L${176 + index * 90} 640Z`, accent)),
          kit.clip('M330 250L130 634L530 634Z'),
        )
      : '') +
    inside(kit, 'M330 330L248 634L412 634Z') +
    path('M330 330L248 634L206 634Z', shade(main, 0.4)) +
    path('M330 330L412 634L456 634Z', shade(main, 0.14)) +
    stroke('M330 236V300', kit.wood, 11) +
    stroke('M330 250L580 290', shade(main, -0.5), 4)
  )
}
