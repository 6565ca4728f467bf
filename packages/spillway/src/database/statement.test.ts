import { expect, test } from 'bun:test'
import { statementKinds } from './statement.ts'

const kindOf = statementKinds(['analytics', 'logs'])

test('queries are reads', () => {
  expect(kindOf('select 1')).toBe('read')
  expect(kindOf('  SELECT * from "products"')).toBe('read')
  expect(kindOf('(select 1) union (select 2)')).toBe('read')
  expect(kindOf('with recent as (select 1) select * from recent')).toBe('read')
  expect(kindOf('explain (format json) select 1')).toBe('read')
})

test('whatever changes or locks rows is a write', () => {
  for (const text of [
    'insert into "products" values (1)',
    'update "products" set "stock" = 1',
    'delete from "products"',
    'select * from "products" for update',
    'select * from "products" for no key update skip locked',
    'with gone as (delete from "products" returning *) select * from gone',
    'with new as (insert into "products" values (1) returning *) select * from new',
    'create table x (id int)',
    'refresh materialized view x',
    'with new as (insert  into x values (1) returning *) select * from new',
    'with gone as (delete\nfrom x returning *) select * from gone',
    'select * from "products" for  update',
    'begin',
    'explain (analyze, buffers) select 1',
  ]) {
    expect(kindOf(text)).toBe('write')
  }
})

test('reads of replica-only tables and schemas are told apart', () => {
  expect(kindOf('select * from "analytics"."events"')).toBe('replica')
  expect(kindOf('select * from products join logs on true')).toBe('replica')
  expect(kindOf('select * from "analytics_old"')).toBe('read')
  expect(kindOf('select "logs" from "products"')).toBe('read')
  expect(kindOf('insert into "logs" values (1)')).toBe('write')
})

test('many different texts do not pile up in memory', () => {
  for (let id = 0; id < 30_000; id++) kindOf(`select ${id}`)
  expect(kindOf('select 1')).toBe('read')
})
