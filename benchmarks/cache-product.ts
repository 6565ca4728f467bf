/** What the cache's benchmarks keep: as a store would, about 250 bytes. */
export interface Product {
  id: number
  name: string
}

export function productAt(id: number) {
  return {
    id,
    name: `Product number ${id}`,
    price: `${id % 1_000}.99`,
    stock: id % 250,
    status: 'active',
    tags: ['red', 'new', 'sale'],
    category: { id: id % 20, name: `category-${id % 20}` },
    description: 'A fine thing, made with care, that lasts for many years.',
    images: ['/images/1.jpg', '/images/2.jpg'],
  }
}
