/** The category tree as the API says it. @module */
import type { CategoryNode } from '../catalog/categories.ts'

export interface ApiCategory {
  id: number
  slug: string
  name: string
  name_ko: string
  product_count: number
  children: ApiCategory[]
}

export function apiCategory({ nameKo, productCount, children, ...category }: CategoryNode): ApiCategory {
  return { ...category, name_ko: nameKo, product_count: productCount, children: children.map(apiCategory) }
}
