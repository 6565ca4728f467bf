/** A small catalogue for tests, large enough that PostgreSQL prefers an index where there is one. @module */
import type { SQL } from 'bun'

/**
 * Two departments, `home` (categories `lamps`, `chairs`) and `garden` (category `pots`), and 6,000 active products:
 * product `n` is in lamps, chairs or pots in turn, many share a price, a time or a rating, and 60 more are inactive.
 * Product 1 has pictures, tags and reviews.
 */
export async function insertSampleCatalogue(sql: SQL): Promise<void> {
  await sql.unsafe(`
    insert into categories (parent_id, slug, name, name_ko, position) values
      (null, 'garden', 'Garden', '정원', 2), (null, 'home', 'Home', '집', 1),
      (2, 'lamps', 'Lamps', '조명', 1), (2, 'chairs', 'Chairs', '의자', 2), (1, 'pots', 'Pots', '화분', 1);

    insert into products (category_id, name, name_ko, description, description_ko, price, stock, status, view_count, created_at)
    select 3 + (n - 1) % 3, 'Product ' || n, '상품 ' || n, 'About ' || n, n || '번 설명',
      (n * 7919 % 500) / 10.0, n % 30, case when n <= 6000 then 'active' else 'inactive' end, n * 104729 % 1000,
      timestamptz '2026-01-01' + n / 4 * interval '1 millisecond'
    from generate_series(1, 6060) n;

    insert into users (email, name) select 'user' || n || '@example.com', 'User ' || n from generate_series(1, 20) n;
    insert into reviews (product_id, user_id, rating, title, body, created_at)
    select 1 + n % 400, 1 + n / 400, 1 + n * n % 5, 'Title ' || n, 'Body ' || n, timestamptz '2026-02-01' + n * interval '1 minute'
    from generate_series(0, 3999) n;

    insert into product_images (product_id, url, position) values (1, '/second.svg', 1), (1, '/first.svg', 0), (2, '/2.svg', 0);
    insert into tags (name, name_ko) values ('Oak', '오크'), ('Gift', '선물');
    insert into product_tags values (1, 1), (1, 2);
    analyze;
  `)
}
