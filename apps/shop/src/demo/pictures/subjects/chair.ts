import { shade } from '../colour.ts'
import { d, type Kit, many, opacity, path, stroke } from '../kit.ts'
import type { Subject } from '../subject.ts'

/** A ladder-back, a padded chair, a spindle chair or a moulded shell. */
export const chair: Subject = {
  setting: 'room',
  focus: [400, 330, 1.6],
  contextScale: 0.86,
  draw(kit) {
    const { wood, main, shape, ornament } = kit
    const frame = ornament && shape !== 3 ? shade(main, -0.1) : wood
    return (
      kit.shadow(410, 634, 165, 26) +
      (shape === 3
        ? shellLegs(kit) + shell(kit)
        : legs(kit, frame, true) + back(kit, frame) + seat(kit, frame) + legs(kit, frame, false))
    )
  },
}

function legs(kit: Kit, frame: string, isBehind: boolean): string {
  const paint = kit.linear([0, 0, 1, 0], [0, shade(frame, 0.2)], [1, shade(frame, isBehind ? -0.5 : -0.32)])
  if (isBehind)
    return (
      path('M300 440L316 440L308 604L296 604Z', paint) +
      path('M484 440L500 440L506 604L494 604Z', paint) +
      path('M300 552L504 552L504 562L300 562Z', shade(frame, -0.35))
    )
  return path('M272 490L296 490L284 640L270 640Z', paint) + path('M506 490L530 490L534 640L520 640Z', paint)
}

function seat(kit: Kit, frame: string): string {
  const top = kit.main
  return (
    path('M262 486L540 486L536 512Q400 520 266 512Z', kit.down(shade(frame, -0.2))) +
    path(
      'M296 436Q400 428 506 436Q530 460 542 488Q400 500 260 488Q274 458 296 436Z',
      kit.linear([0, 0, 1, 1], [0, shade(top, 0.22)], [1, shade(top, -0.14)]),
    ) +
    stroke('M286 450Q400 440 516 450', shade(top, -0.3), 2, opacity(0.4))
  )
}

function back(kit: Kit, frame: string): string {
  const post = kit.linear([0, 0, 1, 0], [0, shade(frame, 0.22)], [1, shade(frame, -0.34)])
  const posts =
    path('M278 190Q286 180 298 188L318 446L298 446Z', post) + path('M522 190Q514 180 502 188L482 446L502 446Z', post)
  if (kit.shape === 1)
    return (
      posts +
      path('M280 206Q400 176 520 206L510 340Q400 320 290 340Z', kit.flat(kit.main)) +
      stroke('M292 222Q400 194 508 222', '#fff', 3, opacity(0.3))
    )
  if (kit.shape === 2)
    return (
      many(7, (index) =>
        stroke(d`M${306 + index * 31} 226L${322 + index * 26} 440`, shade(frame, index % 2 ? -0.22 : -0.05), 8),
      ) +
      posts +
      path('M264 196Q400 152 536 196Q540 226 530 236Q400 200 270 236Q260 226 264 196Z', kit.down(frame))
    )
  return (
    posts +
    [200, 276, 352]
      .map((y, index) =>
        path(
          d`M${284 + index * 7} ${y}Q400 ${y - 24} ${516 - index * 7} ${y}L${514 - index * 7} ${y + 38}Q400 ${y + 16} ${288 + index * 7} ${y + 38}Z`,
          kit.down(frame),
        ),
      )
      .join('')
  )
}

function shellLegs(kit: Kit): string {
  const paint = kit.linear([0, 0, 1, 0], [0, shade(kit.wood, 0.2)], [1, shade(kit.wood, -0.35)])
  return (
    path('M340 470L360 470L318 606L308 606Z', paint) +
    path('M440 470L460 470L492 606L482 606Z', paint) +
    path('M318 480L344 480L276 640L264 640Z', paint) +
    path('M456 480L482 480L536 640L524 640Z', paint) +
    stroke('M306 560L494 560', '#3b393c', 5)
  )
}

function shell(kit: Kit): string {
  const { main } = kit
  return (
    path(
      'M276 212Q280 168 340 166L460 166Q520 168 524 212L536 400Q540 420 556 470Q558 500 520 502L280 502Q242 500 244 470Q260 420 264 400Z',
      kit.linear([0, 0, 1, 1], [0, shade(main, 0.2)], [0.55, main], [1, shade(main, -0.26)]),
    ) +
    path(
      'M264 404Q400 440 536 404Q540 440 552 474Q400 500 248 474Q260 440 264 404Z',
      kit.linear([0, 0, 0, 1], [0, shade(main, -0.28)], [1, shade(main, 0.2)]),
    ) +
    path('M292 216Q296 186 342 184L372 184Q320 200 312 380L286 386Z', '#fff', opacity(0.16)) +
    (kit.ornament ? path('M306 250Q400 236 494 250L500 380Q400 404 300 380Z', kit.flat(kit.accent)) : '')
  )
}
