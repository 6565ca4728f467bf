/** What search engines read about a product. @module */
import { productPath } from '../catalog/address.ts'
import type { Product } from '../catalog/product.ts'
import { absolute } from './site.ts'
import type { View } from './view.ts'

export function productJsonLd(view: View, product: Product, description: string): object {
  const url = absolute(view.href(productPath(product)))
  const rated = product.reviewCount > 0
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: view.nameOf(product),
    description,
    sku: String(product.id),
    url,
    image: product.imageUrls.map(absolute),
    category: view.nameOf({ name: product.categoryName, nameKo: product.categoryNameKo }),
    offers: {
      '@type': 'Offer',
      url,
      price: product.price,
      priceCurrency: 'USD',
      availability: `https://schema.org/${product.stock > 0 ? 'InStock' : 'OutOfStock'}`,
    },
    ...(rated && {
      aggregateRating: {
        '@type': 'AggregateRating',
        ratingValue: product.averageRating,
        reviewCount: product.reviewCount,
      },
    }),
  }
}
