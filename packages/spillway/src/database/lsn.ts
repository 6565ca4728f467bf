/** Positions in PostgreSQL's write-ahead log, as numbers that can be compared. @module */

/** Bytes of log since the beginning; 64 bits, so a bigint. */
export type Lsn = bigint

export const lsnZero: Lsn = 0n

/** Later than any position that a server can have: only the primary satisfies it. */
export const lsnUnknowable: Lsn = 2n ** 64n - 1n

/** @example parseLsn('16/B374D848') // 97500059720n */
export function parseLsn(text: string): Lsn {
  const [high = '', low = ''] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

/** As text that orders as positions do: in `Floors`. @example formatPosition(97500059720n) // '00000016B374D848' */
export function formatPosition(lsn: Lsn): string {
  return lsn.toString(16).toUpperCase().padStart(16, '0')
}

export function parsePosition(text: string): Lsn {
  return BigInt(`0x${text}`)
}

export function formatLsn(lsn: Lsn): string {
  return `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffff_ffffn).toString(16).toUpperCase()}`
}
