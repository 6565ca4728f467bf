/** Which answers end when a row changes, by whichever client: declared to the platform, table by table. @module */
import { type RowChange, rowsOf, watch } from 'spillway/database'
import { categories, productImages, products, productTags, reviews, tags } from '../schema/index.ts'
import { anyCategory, anyProduct, anyTag, assortment, categoryTag, productTag, reviewsTag } from './tags.ts'

/** A change of one of these takes a product from one category's count to another's, or off it. */
const countColumns = ['categoryId', 'status'] as const
/** Lists are found by these: a change of one may bring a product into a list, or out of it. */
const listColumns = [...countColumns, 'price'] as const

const productChanges = watch(products, {
  columns: ['id', ...listColumns],
  // The time is set at every update, also of the views alone.
  ignore: ['viewCount', 'updatedAt'],
  tags: (change) => {
    const rows = rowsOf(change)
    const own = rows.map(productTag)
    if (!concerns(change, listColumns)) return own
    const lists = [...rows.map(({ categoryId }) => categoryTag({ id: categoryId })), anyProduct]
    return concerns(change, countColumns) ? [...own, ...lists, assortment] : [...own, ...lists]
  },
})

function concerns<Column extends string, Row extends Record<Column, unknown>>(
  change: RowChange<Row>,
  columns: readonly Column[],
): boolean {
  if (change.operation !== 'update') return true
  return columns.some((column) => change.old[column] !== change.new[column])
}

type OfProduct = RowChange<{ productId: number }>

/** What belongs to a product is shown with it. */
const ofProduct = (change: OfProduct) => rowsOf(change).map(({ productId }) => productTag({ id: productId }))

/** The product's own row changes as well where its rating does. */
const ofReviews = (change: OfProduct) => rowsOf(change).map(({ productId }) => reviewsTag({ id: productId }))

export const watched = [
  productChanges,
  watch(categories, {
    columns: ['id'],
    tags: (change) => [anyCategory, ...rowsOf(change).map(categoryTag)],
  }),
  watch(productImages, { columns: ['productId'], tags: ofProduct }),
  watch(productTags, { columns: ['productId'], tags: ofProduct }),
  watch(reviews, { columns: ['productId'], tags: ofReviews }),
  watch(tags, { columns: ['id'], tags: () => [anyTag] }),
]
