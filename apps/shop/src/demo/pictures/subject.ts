/** What a drawable thing is. @module */
import type { Kit } from './kit.ts'

/** Where a thing is at home, which decides the third picture. */
export type Setting = 'bench' | 'table' | 'desk' | 'room' | 'wall' | 'ceiling' | 'rail' | 'bath' | 'outside' | 'sky'

export interface Subject {
  setting: Setting
  /** The point and the enlargement of the close look. */
  focus: readonly [x: number, y: number, zoom: number]
  /** How large it is among other things; 0.7 when missing. */
  contextScale?: number
  /** Which forms are seen from above or hang, so that no floor shows behind them. */
  isFlat?: readonly [boolean, boolean, boolean, boolean]
  /** How much the studio enlarges each of the four forms; 1.14 when missing. */
  studioZoom?: readonly [number, number, number, number]
  /** Markup in 800 × 800, standing on `FLOOR` around x = 400. */
  draw(kit: Kit): string
}
