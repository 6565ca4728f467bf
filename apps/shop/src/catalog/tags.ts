/** Cache tags: what a value or an answer is made of, so that a change of it ends them. @module */

/** For all that shows a product, also as a card. */
export const productTag = (product: { id: number }) => `product:${product.id}`

/** For what people wrote about a product. */
export const reviewsTag = (product: { id: number }) => `reviews:${product.id}`

/** For lists of one category: a product was added to it or taken off it, or stands elsewhere in them. */
export const categoryTag = (category: { id: number }) => `category:${category.id}`

/** The same for lists of all products. */
export const anyProduct = 'products'

/** For counts: a product was added to a category or taken off it. */
export const assortment = 'assortment'

/** For answers that name categories, as every page does in its menu. */
export const anyCategory = 'categories'

/** For answers that name the tags of products. */
export const anyTag = 'tags'

/** For a list of a category and those below it, or of everything. */
export const listTags = (category: { id: number; children: readonly { id: number }[] } | undefined) =>
  category === undefined ? [anyProduct] : [category, ...category.children].map(categoryTag)
