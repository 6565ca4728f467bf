/** The category tree, and on which of its leaves each product stands. @module */
import { Random, streamNamed } from './random.ts'
import { departments } from './vocabulary/index.ts'
import type { Department, Family, Kind } from './vocabulary/words.ts'

/** A leaf of the category tree with everything around it. */
export interface Shelf {
  categoryId: number
  department: Department
  family: Family
  kind: Kind
}

export interface CategoryRow {
  id: number
  parentId: number | null
  slug: string
  name: string
  nameKo: string
  position: number
}

const shelfStream = streamNamed('shelf')
const { categories, shelves } = layOutShelves()

/** Departments first, then the categories below them. */
export const categoryRows: readonly CategoryRow[] = categories

export function shelfOf(productId: number): Shelf {
  return new Random(shelfStream, productId).pick(shelves)
}

/** The shelf of a category's slug; a department has that of its first category. */
export function shelfNamed(slug: string): Shelf | undefined {
  return shelves.find(({ kind, department }) => kind.slug === slug || department.slug === slug)
}

function layOutShelves() {
  const categories: CategoryRow[] = departments.map((department, position) => ({
    id: position + 1,
    parentId: null,
    slug: department.slug,
    name: department.name[0],
    nameKo: department.name[1],
    position,
  }))
  const shelves: Shelf[] = []
  departments.forEach((department, index) => {
    const kinds = department.families.flatMap((family) => family.kinds.map((kind) => ({ family, kind })))
    kinds.forEach(({ family, kind }, position) => {
      const id = categories.length + 1
      const [name, nameKo] = kind.category
      categories.push({ id, parentId: index + 1, slug: kind.slug, name, nameKo, position })
      shelves.push({ categoryId: id, department, family, kind })
    })
  })
  return { categories, shelves }
}
