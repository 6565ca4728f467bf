import { shade } from '../colour.ts'
import { box, circle, d, FLOOR, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { grain } from '../surfaces.ts'

/** A wooden car, a lorry, an engine and a bus. */
export const car: Subject = {
  setting: 'room',
  focus: [400, 520, 1.5],
  contextScale: 0.62,
  studioZoom: [1.2, 1.14, 1.14, 1.14],
  draw(kit) {
    return kit.shadow(410, FLOOR, 270) + (FORMS[kit.shape] ?? saloon)(kit)
  },
}

const FORMS = [saloon, lorry, engine, bus]

function wheel(kit: Kit, x: number, radius = 56): string {
  const tyre = kit.ornament ? kit.accent : shade(kit.wood, -0.2)
  return (
    circle(x + 6, 640 - radius, radius, shade(tyre, -0.45)) +
    circle(x, 640 - radius, radius, kit.ball(tyre)) +
    circle(x, 640 - radius, radius * 0.52, kit.ball(shade(kit.wood, 0.2))) +
    circle(x, 640 - radius, radius * 0.16, shade(kit.wood, -0.5))
  )
}

function wooden(kit: Kit, shape: string, colour: string): string {
  return (
    path(shape, shade(colour, -0.4), ' transform="translate(12 -6)"') +
    path(shape, kit.linear([0, 0, 0.6, 1], [0, shade(colour, 0.28)], [0.5, colour], [1, shade(colour, -0.2)])) +
    grain(100, 280, 600, 330, colour, kit.clip(shape), 10)
  )
}

function saloon(kit: Kit): string {
  return (
    wooden(
      kit,
      'M130 560Q120 480 190 464L260 452Q310 350 400 350L450 350Q540 356 572 456L640 470Q690 484 680 560Q680 590 650 590L160 590Q132 590 130 560Z',
      kit.main,
    ) +
    path('M290 452Q330 384 396 382L396 452Z', shade(kit.wood, 0.3)) +
    path('M420 382L452 382Q508 388 534 452L420 452Z', shade(kit.wood, 0.2)) +
    circle(650, 510, 15, '#f6e9c8') +
    wheel(kit, 240) +
    wheel(kit, 560)
  )
}

function lorry(kit: Kit): string {
  return (
    wooden(kit, 'M120 400H440V580H120Z', kit.ornament ? kit.accent : kit.wood) +
    [200, 280, 360].map((x) => stroke(d`M${x} 404V576`, shade(kit.wood, -0.45), 3, opacity(0.5))).join('') +
    wooden(kit, 'M456 380Q456 360 476 360L580 360Q604 362 616 400L636 470L676 486Q690 492 690 510V580H456Z', kit.main) +
    path('M490 388H570Q584 390 592 416L604 460H490Z', shade(kit.wood, 0.36)) +
    box(110, 574, 590, 24, 8, kit.down(shade(kit.wood, -0.25))) +
    circle(668, 530, 14, '#f6e9c8') +
    wheel(kit, 210) +
    wheel(kit, 360) +
    wheel(kit, 600)
  )
}

function engine(kit: Kit): string {
  return (
    wooden(kit, 'M160 330H350V580H160Z', kit.main) +
    path('M130 306H380V340H130Z', kit.down(kit.ornament ? kit.accent : shade(kit.main, -0.3))) +
    box(196, 370, 118, 90, 10, shade(kit.wood, 0.36)) +
    wooden(kit, 'M350 430H640Q670 434 670 500V580H350Z', kit.ornament ? kit.accent : kit.wood) +
    path('M560 320L640 320L622 350V432H578V350Z', kit.turned(shade(kit.main, -0.3))) +
    path('M430 430Q430 392 462 392Q494 392 494 430Z', kit.turned('#c79a52')) +
    [440, 540].map((x) => box(x, 430, 13, 150, 0, '#c79a52')).join('') +
    path('M670 560L730 600L670 600Z', shade(kit.main, -0.35)) +
    box(140, 572, 540, 24, 8, kit.down(shade(kit.wood, -0.3))) +
    wheel(kit, 250, 70) +
    wheel(kit, 440, 48) +
    wheel(kit, 580, 48)
  )
}

function bus(kit: Kit): string {
  return (
    wooden(kit, 'M110 380Q110 330 160 330L620 330Q690 334 696 440V580H110Z', kit.main) +
    many(
      4,
      (index) =>
        box(150 + index * 118, 372, 92, 84, 14, kit.flat(shade(kit.wood, 0.36))) +
        (kit.ornament
          ? circle(
              196 + index * 118,
              424,
              25,
              kit.ball(['#e2b48c', '#c98a5e', '#f0cba6', '#a8683f'][index] ?? '#e2b48c'),
            )
          : ''),
    ) +
    path('M626 372H650Q672 390 676 456H626Z', shade(kit.wood, 0.3)) +
    box(110, 490, 590, 26, 0, kit.ornament ? kit.accent : shade(kit.wood, 0.2)) +
    circle(670, 548, 14, '#f6e9c8') +
    wheel(kit, 240) +
    wheel(kit, 560)
  )
}
