/** Which answers end when a row changes, by whichever client: declared to the platform, table by table. @module */
import { type RowChange, rowsOf, watch } from 'spillway/database'
import { categories, productImages, products, productTags, reviews, tags } from '../schema/index.ts'
import { anyCategory, anyProduct, anyTag, categoryTag, productTag } from './tags.ts'

/** Lists are found by these: a change of one may bring a product into a list, or out of it. */
const listColumns = ['categoryId', 'status', 'price'] as const

const productChanges = watch(products, {
  columns: ['id', ...listColumns],
  // The time is set at every update, also of the views alone.
  ignore: ['viewCount', 'updatedAt'],
  tags: (change) => {
    const rows = rowsOf(change)
    const own = rows.map(productTag)
    if (!concernsLists(change)) return own
    return [...own, ...rows.map(({ categoryId }) => categoryTag({ id: categoryId })), anyProduct]
  },
})

type ProductRow = Record<(typeof listColumns)[number], unknown>

function concernsLists<Row extends ProductRow>(change: RowChange<Row>): boolean {
  if (change.operation !== 'update') return true
  return listColumns.some((column) => change.old[column] !== change.new[column])
}

/** What belongs to a product is shown with it. */
const ofProduct = (change: RowChange<{ productId: number }>) =>
  rowsOf(change).map(({ productId }) => productTag({ id: productId }))

export const watched = [
  productChanges,
  watch(categories, {
    columns: ['id'],
    tags: (change) => [anyCategory, ...rowsOf(change).map(categoryTag)],
  }),
  watch(productImages, { columns: ['productId'], tags: ofProduct }),
  watch(productTags, { columns: ['productId'], tags: ofProduct }),
  watch(reviews, { columns: ['productId'], tags: ofProduct }),
  watch(tags, { columns: ['id'], tags: () => [anyTag] }),
]
