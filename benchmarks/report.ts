/** The run as Markdown, for the terminal and for the generated section of docs/benchmarks.md. */
import { join } from 'node:path'
import type { Machine } from './machine.ts'
import type { Result, Timing } from './measure.ts'
import { repositoryFolder } from './paths.ts'
import type { Verdict } from './requirements.ts'
import type { Group } from './subjects.ts'

export interface Run {
  machine: Machine
  timing: Timing
  groups: readonly { group: Group; results: readonly Result[] }[]
  verdicts: readonly Verdict[]
}

/** Comments around what a benchmark writes. */
export interface Markers {
  start: string
  end: string
}

const storeMarkers: Markers = {
  start: '<!-- benchmark:start (npm run benchmark -- --write makes what follows) -->',
  end: '<!-- benchmark:end -->',
}
const page = join(repositoryFolder, 'docs/benchmarks.md')

export function toMarkdown(run: Run): string {
  return [machineLine(run), ...run.groups.flatMap(groupSection), ...verdictSection(run.verdicts)].join('\n\n')
}

/** Puts the tables between the markers of docs/benchmarks.md, or at the end of a page that has none yet. */
export async function writePage(markdown: string, markers = storeMarkers): Promise<string> {
  const file = Bun.file(page)
  const text = (await file.exists()) ? await file.text() : '# Benchmarks\n'
  await Bun.write(page, replaceSection(text, markdown, markers))
  return page
}

export function replaceSection(text: string, markdown: string, markers = storeMarkers): string {
  const section = `${markers.start}\n\n${markdown}\n\n${markers.end}`
  const start = text.indexOf(markers.start)
  const end = text.indexOf(markers.end, start)
  if (start < 0 || end < 0) return `${text.trimEnd()}\n\n${section}\n`
  return text.slice(0, start) + section + text.slice(end + markers.end.length)
}

function machineLine({ machine, timing }: Run): string {
  const { cpu, cores, memoryGiB, kernel, bun, node, wrk, postgresql } = machine
  return (
    `Measured on ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${kernel}; Bun ${bun}, Node ${node}, wrk ${wrk}, PostgreSQL ${postgresql}. ` +
    `${timing.rounds} rounds in turns, ${timing.seconds} s a pass. Ratios are taken within a round; figures are medians of the rounds.`
  )
}

function groupSection({ group, results }: { group: Group; results: readonly Result[] }): string[] {
  const { threads, connections } = group.load
  const rows = results.map(({ label, ratio, requestsPerSecond, p99Ms, cpuMicroseconds }) =>
    row(
      label,
      ratio.median.toFixed(2),
      `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
      Math.round(requestsPerSecond).toLocaleString('en'),
      `${p99Ms.toFixed(2)} ms`,
      cpuMicroseconds === undefined ? '–' : `${cpuMicroseconds.toFixed(1)} µs`,
    ),
  )
  const head = [row('', 'ratio', 'spread', 'req/s', 'P99', 'server CPU a request'), '|---|--:|--:|--:|--:|--:|']
  return [
    `### ${group.title}`,
    `${group.explanation} wrk: ${threads} thread, ${connections} connections.`,
    [...head, ...rows].join('\n'),
  ]
}

function verdictSection(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return []
  const rows = verdicts.map(({ text, ratio, isMet }) => row(text, ratio.toFixed(2), isMet ? 'pass' : '**miss**'))
  return ['### Requirements', [row('', 'measured', ''), '|---|--:|---|', ...rows].join('\n')]
}

export function row(...cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}
