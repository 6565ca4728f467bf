import { expect, test } from 'bun:test'
import { fingerprintOf } from './fingerprint.ts'

const statementOf = (text: string) => fingerprintOf(text).statement

test('values and parameters are out, names stay', () => {
  for (const [text, statement] of [
    ['select 1', 'select ?'],
    [
      'select "id", "v2"."3d" from t1 where a = $1 and b=-2.5e-3',
      'select "id", "v2"."3d" from t1 where a = ? and b=-?',
    ],
    [
      `select * from users where name = 'O''Brien' or name = E'it\\'s 5'`,
      'select * from users where name = ? or name = ?',
    ],
    ['select $$secret 1$$, $tag$ it is $$ $tag$, $비밀$ it $비밀$', 'select ?, ?, ?'],
    ['select a$x$; delete from t where b = $1; --$x$', 'select a$x$; delete from t where b = ?'],
    ['select a -- the secret\n  from /* and\nanother */ t;', 'select a from t'],
    ['select 0xff, 1_000, .5 limit 10 offset 20', 'select ?, ?, ? limit ? offset ?'],
    ['select a::varchar(20) from t where b is null', 'select a::varchar(?) from t where b is null'],
  ] as const)
    expect(statementOf(text)).toBe(statement)
})

test('lists of any length are one statement', () => {
  for (const [text, statement] of [
    ['select * from t where id in ($1, $2, $3)', 'select * from t where id in (?)'],
    ['select * from t where id in ($1)', 'select * from t where id in (?)'],
    ['select * from t where (a, b) in ((1, 2), ($1, -4))', 'select * from t where (a, b) in (?)'],
    ['select * from t where id = any (array[$1, $2]::int[])', 'select * from t where id = any (array[?]::int[])'],
    ['select * from t where id = any($1::int[])', 'select * from t where id = any(?)'],
    [
      'select * from t where id in (select id from u where a in (1, 2))',
      'select * from t where id in (select id from u where a in (?))',
    ],
    [
      'insert into t ("a", "b") values (default, $1), (default, lower($2)) , ($3, now()) on conflict do nothing',
      'insert into t ("a", "b") values (default, ?) on conflict do nothing',
    ],
  ] as const)
    expect(statementOf(text)).toBe(statement)
})

test('a value that is not closed stays out as well', () => {
  expect(statementOf(`select * from t where a = 'my secret`)).toBe('select * from t where a = ?')
  const long = `insert into t values (${Array.from({ length: 9_000 }, (_, index) => `('secret ${index}')`).join(', ')})`
  expect(statementOf(long)).not.toContain('secret')
  expect(statementOf(`select * from t where a = E'it\\'s my secret\\`)).toBe('select * from t where a = ?')
})

test('one shape has one fingerprint, also when its text was forgotten', () => {
  const first = fingerprintOf('select * from shapes where id = 0')
  for (let id = 1; id < 30_000; id++) fingerprintOf(`select * from shapes where id = ${id} ${' '.repeat(200)}`)
  expect(fingerprintOf('select * from shapes where id = 0')).toBe(first)
})
