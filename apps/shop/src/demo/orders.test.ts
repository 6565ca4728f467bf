import { expect, test } from 'bun:test'
import { planCatalogue } from './catalogue.ts'
import { orderAt } from './orders.ts'
import { userAt } from './people.ts'

const reference = new Date('2026-06-01T00:00:00Z')
const catalogue = planCatalogue({ scale: 1, reference })
const orders = Array.from({ length: 4000 }, (_, index) => orderAt(catalogue, index * 5 + 5))

const cents = (amount: string) => Math.round(Number(amount) * 100)

test('an order costs what its items cost', () => {
  for (const { totalAmount, items } of orders) {
    const sum = items.reduce((total, { price, quantity }) => total + cents(price) * quantity, 0)
    expect(cents(totalAmount)).toBe(sum)
    expect(items.length).toBeGreaterThan(0)
    expect(new Set(items.map(({ productId }) => productId)).size).toBe(items.length)
  }
})

test('later orders have higher ids, and nobody orders what is not there yet', () => {
  let before = 0
  for (const { createdAt, items } of orders) {
    expect(createdAt.getTime()).toBeGreaterThanOrEqual(before)
    before = createdAt.getTime()
    expect(before).toBeLessThan(reference.getTime())
    for (const { productId } of items) {
      expect(catalogue.createdAtMsOf(productId)).toBeLessThanOrEqual(before)
      expect(catalogue.statusOf(productId)).not.toBe('pending')
    }
  }
})

test('payments say what became of the order', () => {
  for (const { status, payments, totalAmount } of orders) {
    const last = payments.at(-1)
    expect(last?.amount).toBe(totalAmount)
    if (status === 'PAID' || status === 'SHIPPED' || status === 'DELIVERED') expect(last?.status).toBe('succeeded')
    if (status === 'CANCELLED') expect(last?.status).toBe('refunded')
  }
})

test('people have names of both languages and addresses that reach nobody', () => {
  const users = Array.from({ length: 2000 }, (_, index) => userAt(catalogue, index + 1))
  expect(new Set(users.map(({ email }) => email)).size).toBe(users.length)
  for (const { name, email, language, phone } of users) {
    expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/)
    expect(phone).toMatch(/^\+120255501\d\d$/)
    expect(/[가-힣]/.test(name)).toBe(language === 'ko')
  }
})
