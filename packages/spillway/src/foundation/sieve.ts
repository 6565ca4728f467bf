/**
 * Which of the things that are kept must leave: SIEVE (Zhang et al., NSDI 2024). A hit sets one field and moves nothing,
 * and what was asked for only once leaves first, so a scan can't push out what is used.
 *
 * @module
 */

/** What can be kept in a `Sieve`: the fields are the sieve's own. */
export abstract class SieveNode {
  /** How often the hand will pass it by: set it when the thing is used. More than 1 for what is used very much. */
  lives = 0
  newer: SieveNode | undefined
  older: SieveNode | undefined
}

/** @example for (sieve.add(page); bytes > max; ) bytes -= drop(sieve.pick()!) */
export class Sieve<Node extends SieveNode> {
  #newest: SieveNode | undefined
  #oldest: SieveNode | undefined
  #hand: SieveNode | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  add(node: Node): void {
    node.older = this.#newest
    node.newer = undefined
    if (this.#newest) this.#newest.newer = node
    this.#newest = node
    this.#oldest ??= node
    this.#size++
  }

  remove(node: Node): void {
    if (this.#hand === node) this.#hand = node.newer
    if (node.newer) node.newer.older = node.older
    else this.#newest = node.older
    if (node.older) node.older.newer = node.newer
    else this.#oldest = node.newer
    this.#size--
    // Whoever still holds it must not hold those that leave after it: they would be a chain without end.
    node.newer = undefined
    node.older = undefined
  }

  /** The one to evict. The hand walks from old to new, takes a life of each that has one, and stops at the first without. */
  pick(): Node | undefined {
    let candidate = this.#hand ?? this.#oldest
    while (candidate && candidate.lives > 0) {
      candidate.lives--
      candidate = candidate.newer ?? this.#oldest
    }
    this.#hand = candidate?.newer
    return candidate as Node | undefined
  }

  /** From old to new. */
  *[Symbol.iterator](): Iterator<Node> {
    for (let node = this.#oldest; node; node = node.newer) yield node as Node
  }
}
