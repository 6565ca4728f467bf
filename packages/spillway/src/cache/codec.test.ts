import { describe, expect, test } from 'bun:test'
import { Codec } from './codec.ts'

const again = (value: unknown, codec = new Codec()) => codec.decode(codec.encode(value))

describe('a value', () => {
  test.each([[{ a: [1, 'b', null, true, { c: 0.5 }] }], [[]], ['상품 \ud800'], [0], [null]])('%p is JSON', (value) => {
    expect(again(value)).toEqual({ value, text: JSON.stringify(value) })
  })

  test.each([
    ['a date', { at: new Date(5) }],
    ['a Map', new Map([['a', 1]])],
    ['bytes', { bytes: new Uint8Array([1, 2]) }],
    ['undefined', { a: undefined }],
    ['no number', [Number.NaN, Number.POSITIVE_INFINITY]],
    ['a bigint', { big: 2n ** 70n }],
  ])('with %s is none, and comes back as it was', (_what, value) => {
    expect(again(value)).toStrictEqual({ value, text: undefined })
  })

  test('with a hole or an instance of a class is none', () => {
    const sparse: number[] = []
    sparse[1] = 5
    for (const value of [sparse, [new (class Price {})()]]) expect(again(value).text).toBeUndefined()
  })

  test('that is large is compressed, also as JSON, and encrypted when it must be', () => {
    const value = { text: 'long '.repeat(1_000) }
    const keys = { a: new Uint8Array(32).fill(7) }
    const codec = new Codec({ encryption: { current: 'a', keys } })
    expect(codec.encode(value).byteLength).toBeLessThan(500)
    expect(again(value, codec).value).toEqual(value)
    expect(again(value).value).toEqual(value)
    expect(() => codec.decode(new Codec().encode(value))).toThrow('not encrypted')
    expect(() => new Codec().decode(codec.encode(value))).toThrow('not known')
  })

  test('of bytes keeps nothing else in memory', () => {
    const codec = new Codec()
    const network = Buffer.alloc(65_536)
    network.set(codec.encode({ bytes: new Uint8Array(10) }), 100)
    const length = codec.encode({ bytes: new Uint8Array(10) }).byteLength
    const { value } = codec.decode(network.subarray(100, 100 + length))
    expect((value as { bytes: Uint8Array }).bytes.buffer.byteLength).toBe(10)
  })

  test('that is foreign is refused', () => {
    const codec = new Codec()
    for (const bytes of [[], [8, 1], [4, 0x7b], [1, 1, 2, 3]]) {
      expect(() => codec.decode(Uint8Array.from(bytes))).toThrow(/not ours|not be read/)
    }
  })
})
