/** Colours, where the terminal shows them. @module */

const hasColour = Boolean(process.stdout.isTTY) && !process.env['NO_COLOR']

const style = (open: number, close: number) => (text: string) =>
  hasColour ? `\x1b[${open}m${text}\x1b[${close}m` : text

export const bold = style(1, 22)
export const dim = style(2, 22)
export const red = style(31, 39)
export const green = style(32, 39)
export const yellow = style(33, 39)
