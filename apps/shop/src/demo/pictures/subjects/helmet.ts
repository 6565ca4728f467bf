import { shade } from '../colour.ts'
import { box, group, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** Two road helmets and two for town. */
export const helmet: Subject = {
  setting: 'desk',
  focus: [380, 420, 1.5],
  contextScale: 0.6,
  draw(kit) {
    return kit.shadow(405, 630, 230) + straps(kit) + (kit.shape < 2 ? road(kit) : urban(kit))
  },
}

function straps(kit: Kit): string {
  const colour = kit.ornament ? kit.accent : '#3a393d'
  return (
    stroke('M300 520Q330 600 390 626M520 520Q480 600 400 626M410 520L400 626', shade(colour, -0.1), 12) +
    box(378, 610, 44, 28, 8, '#2b2a2e')
  )
}

function road(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const body = 'M170 500Q150 300 360 250Q560 216 640 400Q660 460 646 510Q560 540 420 530Q260 540 170 500Z'
  const vents =
    shape === 0
      ? [
          'M230 430Q250 330 350 290L370 320Q290 370 280 450Z',
          'M310 450Q330 360 420 300L450 320Q390 380 376 470Z',
          'M410 480Q430 390 500 316L530 340Q490 400 480 490Z',
          'M520 490Q530 420 570 370L596 400Q580 440 580 500Z',
        ]
      : [
          'M240 400Q330 300 480 286L470 312Q340 330 262 430Z',
          'M250 460Q360 360 540 340L556 368Q400 390 300 484Z',
          'M380 490Q470 420 590 410L604 440Q520 450 450 500Z',
        ]
  return (
    path('M190 500Q400 560 640 508L626 552Q400 590 210 540Z', shade(main, -0.55)) +
    path(body, kit.linear([0, 0, 1, 1], [0, shade(main, 0.34)], [0.45, main], [1, shade(main, -0.32)])) +
    group(
      (ornament ? path('M170 500Q260 440 646 470L660 560L160 560Z', accent) : '') +
        vents.map((vent) => path(vent, '#242327') + stroke(vent, '#fff', 2, opacity(0.25))).join(''),
      kit.clip(body),
    ) +
    path('M200 420Q220 310 340 270Q260 320 236 430Z', '#fff', opacity(0.4))
  )
}

function urban(kit: Kit): string {
  const { main, accent, shape, ornament } = kit
  const body = 'M176 500Q160 250 400 246Q640 250 626 500Q520 520 400 518Q280 520 176 500Z'
  return (
    path('M190 496Q400 540 612 496L606 530Q400 566 196 530Z', shade(main, -0.5)) +
    (shape === 2 ? path('M170 492Q110 496 84 530Q90 546 130 540Q180 528 240 520Z', kit.down(shade(main, -0.3))) : '') +
    path(body, kit.linear([0, 0, 1, 1], [0, shade(main, 0.36)], [0.45, main], [1, shade(main, -0.34)])) +
    group(
      (ornament ? box(160, 400, 480, 40, 0, accent) + box(160, 452, 480, 10, 0, accent) : '') +
        many(6, (index) => box(276 + (index % 3) * 110, 300 + Math.floor(index / 3) * 62, 50, 17, 8, '#26252a')),
      kit.clip(body),
    ) +
    path('M210 440Q216 310 330 276Q256 330 250 440Z', '#fff', opacity(0.42)) +
    stroke('M178 498Q400 528 624 498', ornament ? shade(accent, -0.2) : '#2b2a2e', 13)
  )
}
