/** Ids that are unique in the fleet and cost an addition each. @module */

/** A counter behind a random prefix of this process: `k3f9a1x2-1c`. */
export function createRequestIds(): () => string {
  const prefix = crypto.getRandomValues(new Uint32Array(2)).reduce((id, part) => id + part.toString(36), '')
  let count = 0
  return () => `${prefix}-${(count++).toString(36)}`
}
