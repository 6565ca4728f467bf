/** Labels on products. @module */
import type { Catalogue } from './catalogue.ts'
import { Random, streamNamed } from './random.ts'
import { generalTags } from './vocabulary/common.ts'
import { departments } from './vocabulary/index.ts'

export interface TagRow {
  id: number
  name: string
  nameKo: string
}

const tagStream = streamNamed('tags')

/** The general tags first, then those of the departments in their order. */
export const tagRows: readonly TagRow[] = [...generalTags, ...departments.flatMap(({ tags }) => tags)].map(
  ([name, nameKo], index) => ({ id: index + 1, name, nameKo }),
)

const general = tagRows.slice(0, generalTags.length)
/** What is new cannot have been sold for long. */
const generalOfNew = general.filter(({ name }) => name !== 'Bestseller')
const ofDepartment = new Map(
  departments.map((department) => [
    department,
    tagRows.filter(({ name }) => department.tags.some((tag) => tag[0] === name)),
  ]),
)

/** Up to two general tags and up to two of the department. */
export function tagsOf(catalogue: Catalogue, productId: number): number[] {
  const random = new Random(tagStream, productId)
  const own = ofDepartment.get(catalogue.shelfOf(productId).department) ?? []
  const fitting = catalogue.isNew(productId) ? generalOfNew : general
  const chosen = [...random.sample(fitting, random.integer(0, 2)), ...random.sample(own, random.integer(0, 2))]
  return chosen.map(({ id }) => id)
}
