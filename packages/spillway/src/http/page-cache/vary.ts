/**
 * Normalised dimensions by which a stored page may differ. A raw header has thousands of values; a dimension has a few.
 *
 * @module
 */

export interface Dimension<Value extends string = string> {
  /** The request header that decides, named in the answer's `Vary`. */
  readonly header: string
  /** The normalised value; giving it the header with that value yields it again. */
  of(headers: Headers): Value
}

const rememberedMax = 1_024

/**
 * The language of the site that fits `Accept-Language` best; the first one is the default.
 *
 * @example
 * const language = varyOnLanguage(['en', 'ko'])
 * language.of(new Headers({ 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })) // 'ko'
 */
export function varyOnLanguage<const Language extends string>(
  languages: readonly [Language, ...Language[]],
): Dimension<Language> {
  const remembered = new Map<string, Language>()

  const negotiate = (header: string): Language => {
    const wanted = header
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [range = '', q] = part.trim().split(/\s*;\s*q=/)
        return { range, weight: q === undefined ? 1 : Number(q) || 0 }
      })
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
    for (const { range } of wanted) {
      const found = languages.find((language) => matches(range, language.toLowerCase()))
      if (found) return found
    }
    return languages[0]
  }

  return {
    header: 'Accept-Language',
    of(headers) {
      const header = headers.get('accept-language')
      if (header === null) return languages[0]
      const known = remembered.get(header)
      if (known) return known
      if (remembered.size >= rememberedMax) remembered.clear()
      const language = negotiate(header)
      remembered.set(header, language)
      return language
    },
  }
}

const matches = (range: string, language: string) => range === language || range.startsWith(`${language}-`)

/** `phone`, `tablet` or `desktop`, for pages that are built differently for each. Responsive pages don't need it. */
export const varyOnDevice: Dimension<'desktop' | 'phone' | 'tablet'> = {
  header: 'User-Agent',
  of(headers) {
    const agent = headers.get('user-agent') ?? ''
    if (/ipad|tablet|android(?!.*mobile)/i.test(agent) || agent === 'tablet') return 'tablet'
    return /mobi|iphone|^phone$/i.test(agent) ? 'phone' : 'desktop'
  },
}
