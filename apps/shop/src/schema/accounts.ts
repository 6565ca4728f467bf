/** Who buys, and who runs the shop. @module */
import { sql } from 'drizzle-orm'
import { boolean, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

export const users = pgTable(
  'users',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** An argon2id hash in PHC form; null for accounts that cannot log in with a password. */
    passwordHash: text('password_hash'),
    role: text('role', { enum: ['customer', 'staff'] })
      .notNull()
      .default('customer'),
    language: text('language', { enum: ['en', 'ko'] })
      .notNull()
      .default('en'),
    phone: text('phone'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('users_email_key').on(sql`lower(${table.email})`)],
)

/** Which channels a person wants; a missing row means all of them. */
export const notificationPreferences = pgTable('notification_preferences', {
  userId: integer('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  email: boolean('email').notNull().default(true),
  sms: boolean('sms').notNull().default(true),
  push: boolean('push').notNull().default(true),
})
