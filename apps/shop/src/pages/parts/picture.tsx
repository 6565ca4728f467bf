/** A product's picture in a box of fixed shape, so that nothing moves when it arrives. @module */

interface PictureProps {
  /** Missing when a product has no picture yet. */
  url: string | undefined
  alt: string
  loading?: 'eager' | 'lazy'
  /** The picture that the page is about: fetched before anything else. */
  first?: boolean
}

export function Picture({ url, alt, loading = 'lazy', first }: PictureProps) {
  if (url === undefined) return <div class="picture picture-missing" role="img" aria-label={alt} />
  return (
    <div class="picture">
      <img
        src={url}
        alt={alt}
        width="800"
        height="800"
        loading={first ? 'eager' : loading}
        decoding="async"
        {...(first ? { fetchpriority: 'high' } : {})}
      />
    </div>
  )
}
