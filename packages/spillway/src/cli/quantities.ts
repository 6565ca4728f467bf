/** Figures as people read them. @module */

/** @example duration(1_534) // '1.5 s' */
export function duration(ms: number): string {
  if (ms < 1_000) return `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`
  const seconds = ms / 1_000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = seconds / 60
  if (minutes < 60) return `${minutes.toFixed(1)} min`
  const hours = minutes / 60
  return hours < 48 ? `${hours.toFixed(1)} h` : `${Math.round(hours / 24)} days`
}

/** @example size(16_384) // '16 kB' */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  for (; Math.abs(value) >= 1_024 && unit < units.length - 1; unit++) value /= 1_024
  return `${value < 10 && unit > 1 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** @example amount(12345) // '12,345' */
export const amount = (value: number) => Math.round(value).toLocaleString('en')

/** @example percent(0.413) // '41 %' */
export const percent = (share: number) => `${Math.round(100 * share)} %`

/** @example plural(1, 'session') // '1 session' */
export const plural = (value: number, one: string, many = `${one}s`) => `${amount(value)} ${value === 1 ? one : many}`

/** To the minute, in UTC. */
export const moment = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
