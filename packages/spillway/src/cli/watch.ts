/** Tells what a command sees, with `--watch` again and again. @module */
import { printJson } from './json.ts'

/** What is seen in one look. */
export interface Look {
  /** For `--json`. */
  data: unknown
  text: () => string
}

interface WatchOptions {
  json?: boolean | undefined
  watch?: boolean | undefined
  /** The pause between two looks. */
  everyMs: number
}

/** Clears the screen, and goes to its first line. */
const inPlace = '\x1b[2J\x1b[H'

/** On a terminal each page takes the place of the one before; elsewhere they follow each other. */
export async function show(look: () => Promise<Look>, { json, watch, everyMs }: WatchOptions): Promise<void> {
  do {
    const { data, text } = await look()
    // Whoever reads a stream of data wants a line for each.
    if (json && watch) console.log(JSON.stringify(data))
    else if (json) printJson(data)
    else console.log((watch && process.stdout.isTTY ? inPlace : '') + text())
    if (watch) await Bun.sleep(everyMs)
  } while (watch)
}
