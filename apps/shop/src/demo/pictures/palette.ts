/** The colours of the shop's goods. @module */
import type { Words } from '../vocabulary/words.ts'

export interface Palette {
  name: Words
  /** The goods themselves. */
  main: string
  /** A companion for lids, straps, stripes and props. */
  accent: string
  /** The studio wall behind. */
  backdrop: string
}

/** A picture's palette is an index into this list; the goods' names use the same index. */
export const palettes: readonly Palette[] = [
  { name: ['Sage', '세이지'], main: '#93a88c', accent: '#e9dcc3', backdrop: '#eceee4' },
  { name: ['Terracotta', '테라코타'], main: '#c3694a', accent: '#f0d9c0', backdrop: '#f5e9df' },
  { name: ['Ivory', '아이보리'], main: '#efe6d3', accent: '#b98d5f', backdrop: '#e3ddd2' },
  { name: ['Charcoal', '차콜'], main: '#43474c', accent: '#c9a36b', backdrop: '#e7e6e3' },
  { name: ['Navy', '네이비'], main: '#31466b', accent: '#e8c07d', backdrop: '#e4e8ee' },
  { name: ['Mustard', '머스터드'], main: '#d8a23a', accent: '#5b5a4c', backdrop: '#f5eedb' },
  { name: ['Blush', '블러시'], main: '#e2aea6', accent: '#8f4f4c', backdrop: '#f6ebe7' },
  { name: ['Forest', '포레스트'], main: '#3f6150', accent: '#d9b98a', backdrop: '#e6ebe4' },
  { name: ['Sky', '스카이'], main: '#93b8d1', accent: '#f3e3c8', backdrop: '#e8eff3' },
  { name: ['Plum', '플럼'], main: '#70476a', accent: '#e3b7a0', backdrop: '#efe8ed' },
  { name: ['Sand', '샌드'], main: '#cdb290', accent: '#5e6d66', backdrop: '#f1ebe1' },
  { name: ['Coral', '코랄'], main: '#e4765c', accent: '#2f5560', backdrop: '#f7e9e3' },
]

export interface Wood {
  name: Words
  tone: string
}

/** Woods go with palettes by index, each wood with two of them. */
export const woods: readonly Wood[] = [
  { name: ['Oak', '오크'], tone: '#c99b66' },
  { name: ['Walnut', '월넛'], tone: '#7d5438' },
  { name: ['Ash', '애쉬'], tone: '#dcc3a0' },
  { name: ['Cherry', '체리'], tone: '#a9613f' },
  { name: ['Beech', '비치'], tone: '#d9ae84' },
  { name: ['Smoked Oak', '스모크 오크'], tone: '#5d4636' },
]

export function paletteAt(index: number): Palette {
  return entry(palettes, index)
}

export function woodAt(index: number): Wood {
  return entry(woods, index)
}

function entry<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length]
  if (found === undefined) throw new RangeError('The palette is empty')
  return found
}
