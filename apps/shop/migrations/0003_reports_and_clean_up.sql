CREATE TABLE "reports" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"data" jsonb NOT NULL,
	"generated_at" timestamp (3) with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	CONSTRAINT "reports_kind_days_key" UNIQUE("kind","first_day","last_day")
);
--> statement-breakpoint
DROP INDEX "carts_updated_idx";--> statement-breakpoint
CREATE INDEX "recently_viewed_oldest_idx" ON "recently_viewed" USING btree ("viewed_at");--> statement-breakpoint
CREATE INDEX "carts_guests_updated_idx" ON "carts" USING btree ("updated_at") WHERE "carts"."user_id" is null;