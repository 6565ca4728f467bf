/** A product's pictures: a strip that snaps, and small links into it. Works by scrolling, so without JavaScript. @module */
import type { View } from '../view.ts'
import { Picture } from './picture.tsx'

export function Gallery({ view, name, urls }: { view: View; name: string; urls: string[] }) {
  const pictures: (string | undefined)[] = urls.length === 0 ? [undefined] : urls
  const altOf = (index: number) => view.t.pictureOf(name, index + 1, pictures.length)
  return (
    <section class="gallery" aria-label={view.t.pictures}>
      <ul class="gallery-strip" tabindex={pictures.length > 1 ? 0 : undefined}>
        {pictures.map((url, index) => (
          <li id={`picture-${index + 1}`}>
            <Picture url={url} alt={altOf(index)} first={index === 0} />
          </li>
        ))}
      </ul>
      {pictures.length > 1 && (
        <ul class="gallery-links">
          {pictures.map((url, index) => (
            <li>
              <a href={`#picture-${index + 1}`}>
                <Picture url={url} alt={altOf(index)} loading="eager" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
