import { box, circle, d, ellipse, group, type Kit, many, opacity, path, stroke } from './kit.ts'
import { scatter } from './surfaces.ts'

export function sky(kit: Kit): string {
  return (
    box(0, 0, 800, 800, 0, kit.linear([0, 0, 0, 1], [0, '#a9cbe0'], [0.6, '#e6eee9'], [0.8, '#f8ecd6'])) +
    circle(170, 150, 210, kit.radial([0.5, 0.5, 0.5], [0, '#fff6d8', 0.95], [1, '#fff6d8', 0]))
  )
}

export function hills(y: number): string {
  return (
    path(d`M0 ${y - 70}Q140 ${y - 150} 300 ${y - 80}T560 ${y - 110}T800 ${y - 60}V800H0Z`, '#b7c8bd') +
    path(d`M0 ${y - 20}Q200 ${y - 90} 420 ${y - 30}T800 ${y - 50}V800H0Z`, '#98b09a') +
    path(d`M0 ${y + 30}Q260 ${y - 30} 520 ${y + 24}T800 ${y + 6}V800H0Z`, '#7e9b7c')
  )
}

export function meadow(): string {
  const tufts = many(26, (index) => {
    const x = scatter(index) * 800
    const y = 650 + scatter(index + 50) * 140
    return stroke(
      d`M${x} ${y}q-4 -14 -9 -20M${x} ${y}q1 -16 3 -24M${x} ${y}q5 -12 12 -17`,
      index % 3 ? '#5f7f58' : '#b5c58d',
      3,
      opacity(0.7),
    )
  })
  return (
    hills(600) +
    path('M0 640Q300 600 800 636V800H0Z', '#86a474') +
    path('M0 700Q400 660 800 712V800H0Z', '#779768', opacity(0.7)) +
    tufts
  )
}

export function clouds(): string {
  const cloud = (x: number, y: number, size: number) =>
    group(
      ellipse(x, y, 90 * size, 26 * size, '#fff') +
        circle(x - 26 * size, y - 16 * size, 34 * size, '#fff') +
        circle(x + 24 * size, y - 22 * size, 42 * size, '#fff'),
      opacity(0.75),
    )
  return cloud(620, 170, 1) + cloud(180, 380, 0.7) + cloud(660, 470, 0.55)
}
