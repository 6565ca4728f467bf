-- Recomputes the ratings of the products whose reviews a statement touched: once a statement, however many rows.
-- The lock comes first and in order of id, so that concurrent reviewers neither deadlock nor count without each other:
-- under READ COMMITTED the statement after the lock sees what the previous holder committed.
CREATE FUNCTION "refresh_product_ratings"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	touched integer[];
BEGIN
	IF TG_OP = 'INSERT' THEN
		SELECT array_agg(DISTINCT product_id) INTO touched FROM added;
	ELSIF TG_OP = 'DELETE' THEN
		SELECT array_agg(DISTINCT product_id) INTO touched FROM removed;
	ELSE
		SELECT array_agg(product_id) INTO touched
		FROM (SELECT product_id FROM added UNION SELECT product_id FROM removed) AS both_sides;
	END IF;

	IF touched IS NULL THEN
		RETURN NULL;
	END IF;

	PERFORM 1 FROM products WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;

	UPDATE products
	SET average_rating = current.average_rating, review_count = current.review_count
	FROM (
		SELECT ids.id, coalesce(round(avg(reviews.rating), 2), 0) AS average_rating, count(reviews.id)::integer AS review_count
		FROM unnest(touched) AS ids (id)
		LEFT JOIN reviews ON reviews.product_id = ids.id
		GROUP BY ids.id
	) AS current
	WHERE products.id = current.id
		AND (products.average_rating, products.review_count) IS DISTINCT FROM (current.average_rating, current.review_count);

	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "reviews_added" AFTER INSERT ON "reviews"
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION "refresh_product_ratings"();
--> statement-breakpoint
CREATE TRIGGER "reviews_changed" AFTER UPDATE ON "reviews"
	REFERENCING OLD TABLE AS removed NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION "refresh_product_ratings"();
--> statement-breakpoint
CREATE TRIGGER "reviews_removed" AFTER DELETE ON "reviews"
	REFERENCING OLD TABLE AS removed
	FOR EACH STATEMENT EXECUTE FUNCTION "refresh_product_ratings"();
--> statement-breakpoint
CREATE FUNCTION "set_updated_at"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.updated_at := now();
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "products_set_updated_at" BEFORE UPDATE ON "products" FOR EACH ROW EXECUTE FUNCTION "set_updated_at"();
--> statement-breakpoint
CREATE TRIGGER "carts_set_updated_at" BEFORE UPDATE ON "carts" FOR EACH ROW EXECUTE FUNCTION "set_updated_at"();
--> statement-breakpoint
CREATE TRIGGER "orders_set_updated_at" BEFORE UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION "set_updated_at"();
--> statement-breakpoint
CREATE TRIGGER "payments_set_updated_at" BEFORE UPDATE ON "payments" FOR EACH ROW EXECUTE FUNCTION "set_updated_at"();
