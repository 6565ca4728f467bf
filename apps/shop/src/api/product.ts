/** Products as the API says them: snake_case, money as decimal strings. @module */
import type { ProductCard } from '../catalog/card.ts'
import type { Product } from '../catalog/product.ts'
import type { Review } from '../catalog/reviews.ts'

export function listedProduct(product: ProductCard) {
  return {
    id: product.id,
    name: product.name,
    name_ko: product.nameKo,
    price: product.price,
    stock: product.stock,
    category_id: product.categoryId,
    category_slug: product.categorySlug,
    category_name: product.categoryName,
    image_urls: product.imageUrls,
    average_rating: Number(product.averageRating),
    review_count: product.reviewCount,
    created_at: product.createdAt,
  }
}

export function fullProduct(product: Product) {
  return {
    ...listedProduct(product),
    status: product.status,
    description: product.description,
    description_ko: product.descriptionKo,
    tags: product.tags.map((tag) => tag.name),
    updated_at: product.updatedAt,
  }
}

export function apiReview({ createdAt, ...review }: Review) {
  return { ...review, created_at: createdAt }
}
