/** Statements as they may be shown: on one line, without the values in them. @module */

/** What a statement is made of, as far as values are concerned; one that was cut off may end inside a string. */
const pieces = new RegExp(
  [
    /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /(?<value>\be'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(?<tag>[a-z_]\w*|)\$[\s\S]*?(?:\$\k<tag>\$|$))/,
    /"(?:[^"]|"")*"|\$\d+|[\p{L}_][\p{L}\w$]*/u,
    /(?<number>0x[\da-f_]+|\d[\d._]*(?:e[+-]?\d+)?)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'giu',
)

/**
 * The statement with `?` in the place of each string and number; names and parameters stay.
 *
 * @example maskLiterals("select *\n  from users where email = 'a@b.c' and id = $1")
 * // "select * from users where email = ? and id = $1"
 */
export function maskLiterals(statement: string): string {
  const masked = statement.replace(pieces, (...found) => {
    const { comment, value, number } = found.at(-1) as Record<string, string | undefined>
    if (comment !== undefined) return ' '
    return value !== undefined || number !== undefined ? '?' : found[0]
  })
  return masked.replace(/\s+/g, ' ').trim()
}

/** How many parameters (`$1` …) the statement takes. */
export function parameterCount(statement: string): number {
  return Math.max(0, ...[...maskLiterals(statement).matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))
}
