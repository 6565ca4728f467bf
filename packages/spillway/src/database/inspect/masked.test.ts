import { expect, test } from 'bun:test'
import { maskLiterals, parameterCount } from './masked.ts'

test('values are masked, names and parameters stay, all on one line', () => {
  const masked = {
    "select *\n  from users where email = 'a@b.c' and id = $1": 'select * from users where email = ? and id = $1',
    "select 'it''s', e'it\\'s', $$it's$$, $a$ $$ $a$": 'select ?, ?, ?, ?',
    'select "a 1", t2.x3 from t2 where n in (1, 2.5, 1e9, 0xff)': 'select "a 1", t2.x3 from t2 where n in (?, ?, ?, ?)',
    "select 1 -- for a@b.c\n/* key 'x' */ from 상품1": 'select ? from 상품1',
  }
  for (const [statement, shown] of Object.entries(masked)) expect(maskLiterals(statement)).toBe(shown)
})

test('a statement that the server has cut off inside a string gives nothing away', () => {
  expect(maskLiterals("update users set note = 'secr")).toBe('update users set note = ?')
})

test('parameters are counted by the highest one', () => {
  expect(parameterCount('select $2, $1')).toBe(2)
  expect(parameterCount("select '$3'")).toBe(0)
})
