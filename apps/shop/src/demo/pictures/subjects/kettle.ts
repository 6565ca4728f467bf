import { shade } from '../colour.ts'
import { box, ellipse, FLOOR, group, type Kit, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'
import { band, outline, type Profile, TILT } from '../turning.ts'

/** A gooseneck, a whistling kettle, an electric one or a pot-bellied one. */
export const kettle: Subject = {
  setting: 'table',
  focus: [330, 460, 1.6],
  contextScale: 0.66,
  draw(kit) {
    const { main, accent, ornament, shape } = kit
    const profile = PROFILES[shape] ?? PROFILES[0]
    const [top = 0, neck = 0] = profile
    const body = outline(420, profile)
    const clip = kit.clip(body)
    const paint = ornament ? kit.metal(main) : kit.turned(main)
    const grip = ornament ? kit.wood : '#2c2b2f'
    return (
      kit.shadow(425, FLOOR, 180) +
      spout(kit, shape, main) +
      handle(kit, shape, grip) +
      path(body, paint) +
      group(box(420 - (profile[5] ?? 0) * 0.8, top, 30, 330, 15, kit.gleam(0.38, [0, 0, 0, 1])), clip) +
      group(band(420, 606, 220, 60, shade(main, -0.42), opacity(0.55)), clip) +
      ellipse(420, top, neck, neck * TILT, shade(main, 0.3)) +
      path(outline(420, [top - 26, neck * 0.3, top - 20, neck * 0.62, top - 4, neck * 0.93]), paint) +
      path(outline(420, [top - 58, 15, top - 46, 19, top - 34, 10, top - 24, 14]), kit.turned(grip)) +
      (ornament ? '' : ellipse(420, 540, 24, 24, accent, opacity(0.9)))
    )
  },
}

const PROFILES: [Profile, ...Profile[]] = [
  [392, 92, 410, 112, 500, 150, 610, 172, 634, 166],
  [410, 62, 424, 96, 480, 160, 560, 178, 620, 158, 634, 140],
  [330, 108, 350, 112, 500, 140, 620, 156, 634, 152],
  [402, 78, 420, 120, 500, 172, 590, 150, 630, 118],
]

function spout(kit: Kit, shape: number, colour: string): string {
  if (shape === 2) return path('M318 336L270 352Q262 360 276 372L316 430Z', kit.flat(shade(colour, -0.06)))
  if (shape === 0)
    return (
      stroke('M288 590C190 580 236 440 176 404Q160 396 142 400', shade(colour, -0.22), 27) +
      stroke('M288 588C194 574 242 440 178 402Q162 394 144 398', shade(colour, 0.06), 17) +
      stroke('M250 560C206 530 236 440 184 404', '#fff', 5, opacity(0.4))
    )
  return path('M300 470L196 388Q182 380 178 396L186 412C214 450 226 510 272 566Z', kit.flat(shade(colour, -0.06)))
}

function handle(_kit: Kit, shape: number, grip: string): string {
  if (shape === 1 || shape === 3)
    return (
      stroke('M290 450C270 250 570 250 550 450', '#77747a', 13) +
      stroke('M318 330C350 270 490 270 522 330', shade(grip, -0.2), 31) +
      stroke('M322 326C354 268 486 268 518 326', shade(grip, 0.12), 13, opacity(0.8))
    )
  const line = shape === 0 ? 'M508 420C640 380 650 470 632 584' : 'M520 352C640 340 640 420 626 590'
  return (
    stroke(line, shade(grip, -0.25), 33) +
    stroke(line, shade(grip, 0.05), 22) +
    stroke(line, '#fff', 4, ` transform="translate(-6 -4)"${opacity(0.25)}`)
  )
}
