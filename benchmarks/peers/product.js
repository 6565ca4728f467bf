/** The read of the store's product API, for the peers with a database: the same SQL, and the same JSON out of it. */

export const queryText = `
  select p.id, p.name, p.name_ko, p.price, p.stock, p.view_count, p.average_rating, p.review_count, p.created_at,
    p.category_id, c.slug as category_slug, c.name as category_name, c.name_ko as category_name_ko,
    (select coalesce(json_agg(i.url order by i.position), '[]')
      from product_images i where i.product_id = p.id) as image_urls,
    p.description, p.description_ko, p.status, p.updated_at,
    (select coalesce(json_agg(json_build_object('name', t.name, 'nameKo', t.name_ko) order by t.name), '[]')
      from product_tags pt join tags t on t.id = pt.tag_id where pt.product_id = p.id) as tags,
    d.slug as department_slug, d.name as department_name, d.name_ko as department_name_ko
  from products p
  join categories c on c.id = p.category_id
  left join categories d on d.id = c.parent_id
  where p.id = $1 and p.status = 'active'`

export function product(row) {
  return {
    id: row.id,
    name: row.name,
    name_ko: row.name_ko,
    price: row.price,
    stock: row.stock,
    category_id: row.category_id,
    category_slug: row.category_slug,
    category_name: row.category_name,
    image_urls: row.image_urls,
    average_rating: Number(row.average_rating),
    review_count: row.review_count,
    created_at: row.created_at.toISOString(),
    status: row.status,
    description: row.description,
    description_ko: row.description_ko,
    tags: row.tags.map((tag) => tag.name),
    updated_at: row.updated_at.toISOString(),
  }
}
