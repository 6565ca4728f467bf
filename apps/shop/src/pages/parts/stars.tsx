/** A rating as five stars, filled to the tenth. @module */
import { formatRating } from '../../i18n/format.ts'
import type { View } from '../view.ts'

/** One star at the origin, 20 units wide; five of them make a row of 100. */
const star = 'M10 1.6l2.6 5.5 6 .8-4.4 4.2 1.1 6L10 15.2l-5.3 2.9 1.1-6L1.4 7.9l6-.8z'

/** Drawn once a page and referred to by every rating on it. */
export function StarShapes() {
  return (
    <svg class="hidden" width="0" height="0" aria-hidden="true">
      <symbol id="stars" viewBox="0 0 100 20">
        {[0, 20, 40, 60, 80].map((x) => (
          <path d={star} transform={`translate(${x} 0)`} />
        ))}
      </symbol>
    </svg>
  )
}

/** The outer drawing is the empty row, the inner one a window onto the filled row, as wide as the rating. */
export function Stars({ view, rating }: { view: View; rating: number }) {
  return (
    <svg
      class="stars"
      viewBox="0 0 100 20"
      width="100"
      height="20"
      role="img"
      aria-label={view.t.ratingOf(formatRating(view.language, rating))}
    >
      <use href="#stars" width="100" height="20" />
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: part of the drawing around it, which has the label. */}
      <svg class="stars-full" width={Math.round(rating * 20)} height="20">
        <use href="#stars" width="100" height="20" />
      </svg>
    </svg>
  )
}
