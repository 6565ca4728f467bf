/**
 * The shape of a statement: what stays the same however its values change. Two statements with one fingerprint are the
 * same query; and nothing of what people entered is in it, so that it may be logged.
 *
 * @module
 */

export interface Fingerprint {
  /** The statement with `?` for every value, one line, lists of values shortened. */
  readonly statement: string
  /** When it was slow in this process the last time, by `performance.now()`. */
  slowAt: number
}

/** So many characters of a text are looked at. What is longer is a list of values, and its start tells all. */
export const fingerprintedMax = 20_000
/** Bounds for what is remembered, in bytes, about. */
const rememberedBytesMax = 4_000_000
const bytesPerText = 100
const fingerprintsMax = 5_000

const byText = new Map<string, Fingerprint>()
const byStatement = new Map<string, Fingerprint>()
let rememberedBytes = 0

/**
 * Remembered by text, in bounded memory: an application has few texts.
 *
 * @example
 * fingerprintOf('select * from products where id in ($1, $2)').statement // 'select * from products where id in (?)'
 */
export function fingerprintOf(text: string): Fingerprint {
  return byText.get(text) ?? remember(text)
}

function remember(text: string): Fingerprint {
  const statement = normalise(text)
  let fingerprint = byStatement.get(statement)
  if (fingerprint === undefined) {
    if (byStatement.size >= fingerprintsMax) byStatement.clear()
    fingerprint = { statement, slowAt: Number.NEGATIVE_INFINITY }
    byStatement.set(statement, fingerprint)
  }
  const bytes = text.length + bytesPerText
  rememberedBytes += bytes
  // Texts built with literals could be endless; starting over is cheaper than tracking their use.
  if (rememberedBytes > rememberedBytesMax) {
    byText.clear()
    rememberedBytes = bytes
  }
  byText.set(text, fingerprint)
  return fingerprint
}

/** What isn't closed, as when the text was cut, goes on to the end: half a value is a value too. */
const literals = [
  /\be'(?:[^'\\]|\\(?:[\s\S]|$)|'')*(?:'|$)/, // E'it\'s'
  /'(?:[^']|'')*(?:'|$)/, // 'it''s'
  /(?<![\w$])\$(?<tag>[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\k<tag>\$|$)/, // $tag$it's$tag$
  /(?<name>"(?:[^"]|"")*")/,
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
  /\$\d+/, // a parameter
  /(?<![\w."])\.?\d[\w.]*(?:(?<=e)[+-]\d+)?/, // 42, 0xff, 1_000, .5, 2.5e-3
]
const tokens = new RegExp(literals.map(({ source }) => source).join('|'), 'gi')

function normalise(text: string): string {
  const withoutValues = text.slice(0, fingerprintedMax).replace(tokens, (token, ...rest) => {
    const { name, comment } = rest.at(-1) as { name?: string; comment?: string }
    if (name !== undefined) return token
    return comment === undefined ? '?' : ' '
  })
  const oneLine = withoutValues
    .replace(/\s+/g, ' ')
    .replace(/[ ;]+$/, '')
    .trimStart()
  return shortenLists(oneLine)
}

const listStart = /\b(values|in|any|all|array) ?[([]/gi
const onlyValues = /^(?:[\s?,()[\]-]|::\w+|\b(?:null|true|false)\b)*$/i

/** `in (?, ?, ?)` becomes `in (?)`, and of the rows after VALUES one is left. */
function shortenLists(statement: string): string {
  let shortened = ''
  let done = 0
  for (const { index, 0: start, 1: keyword = '' } of statement.matchAll(listStart)) {
    if (index < done) continue
    const open = index + start.length
    const end = closing(statement, open)
    if (keyword.toLowerCase() === 'values') {
      shortened += statement.slice(done, end)
      done = endOfRows(statement, end)
    } else if (end - open > 2 && onlyValues.test(statement.slice(open, end - 1))) {
      shortened += `${statement.slice(done, open)}?${statement.slice(end - 1, end)}`
      done = end
    }
  }
  return shortened + statement.slice(done)
}

const nextRow = / ?, ?\(/y

function endOfRows(statement: string, from: number): number {
  let end = from
  for (;;) {
    nextRow.lastIndex = end
    if (!nextRow.test(statement)) return end
    end = closing(statement, nextRow.lastIndex)
  }
}

/** Behind the bracket that closes the one before `from`. */
function closing(statement: string, from: number): number {
  let depth = 1
  for (let at = from; at < statement.length; at++) {
    const character = statement[at]!
    if (character === '(' || character === '[') depth++
    else if (character === ')' || character === ']') depth--
    if (depth === 0) return at + 1
  }
  return statement.length
}
