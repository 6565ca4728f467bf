import { describe, expect, test } from 'bun:test'
import { replaceSection } from './report.ts'

describe('replaceSection', () => {
  test('puts the tables at the end of a page without markers', () => {
    expect(replaceSection('# Benchmarks\n\nHow to read this.\n', 'first')).toMatch(
      /^# Benchmarks\n\nHow to read this\.\n\n<!--.*first/s,
    )
  })

  test('replaces what it wrote before and leaves the words around it', () => {
    const page = `${replaceSection('# Benchmarks\n', 'first')}\nWhat follows stays.\n`
    const rewritten = replaceSection(page, 'second')
    expect(rewritten).not.toContain('first')
    expect(rewritten).toContain('second')
    expect(rewritten.startsWith('# Benchmarks\n')).toBe(true)
    expect(rewritten.endsWith('\nWhat follows stays.\n')).toBe(true)
    expect(replaceSection(rewritten, 'second')).toBe(rewritten)
  })
})
