/** Cache tags: what an answer shows, so that a change of it ends the answer. @module */

/** For every product that an answer shows, also as a card. */
export const productTag = (product: { id: number }) => `product:${product.id}`

/** For lists of one category. */
export const categoryTag = (category: { id: number }) => `category:${category.id}`

/** For lists: a product was added to the shop or taken off it, or stands elsewhere in them. */
export const anyProduct = 'products'

/** For answers that name categories, as every page does in its menu. */
export const anyCategory = 'categories'

/** For answers that name the tags of products. */
export const anyTag = 'tags'
