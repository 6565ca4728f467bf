import { expect, test } from 'bun:test'
import { errorPage } from './error.tsx'

const problem = (status: number) => ({
  status,
  title: 'Title',
  code: 'CODE',
  detail: 'sort: must be one of newest',
  request_id: 'req-7',
})
const request = (path: string, language = 'en') =>
  new Request(`http://localhost${path}`, { headers: { 'accept-language': language } })

test('the error page speaks the language of its visitor', async () => {
  const response = errorPage(problem(404), request('/nope', 'ko'))
  expect(response.status).toBe(404)
  expect(response.headers.get('content-language')).toBe('ko')
  expect(await response.text()).toContain('찾으시는 페이지가 없습니다')
})

test('a broken address is told what is wrong with it', async () => {
  expect(await errorPage(problem(400), request('/products?sort=x')).text()).toContain('must be one of newest')
})

test('a failure of ours shows the request id, and a missing page, which is cached for all, does not', async () => {
  expect(await errorPage(problem(500), request('/')).text()).toContain('req-7')
  expect(await errorPage(problem(404), request('/')).text()).not.toContain('req-7')
})

test('a status without words of its own gets those of its kind', async () => {
  expect(await errorPage(problem(418), request('/')).text()).toContain('could not read that address')
  expect(await errorPage(problem(599), request('/')).text()).toContain('Something went wrong on our side')
})

test('an address cannot write into the page', async () => {
  const html = await errorPage(problem(404), request('/"><script>alert(1)</script>?q="><script>')).text()
  expect(html).not.toContain('<script>')
})
