// Signing in and out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn, tabTo } from '../support/browser.js'
import { startHouse } from '../support/program.js'

let house, browser
before(async () => {
  house = await startHouse({ operators: { bruno: { rights: 'compose,send,single', services: ['Tributi'] } } })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

test('a wrong password is told, the right one leads to where one wanted to go', async () => {
  const page = await open(browser, house.base)
  await page.goto('/flussi?ricerca=x')
  assert.equal(new URL(page.url()).pathname, '/accedi')
  await axe(page, 'accedi')
  await page.getByLabel('Nome utente').fill('bruno')
  await page.getByLabel('Password').fill('una frase lunga sbagliata')
  await page.getByRole('button', { name: 'Accedi' }).click()
  assert.match(await page.getByRole('alert').textContent(), /non sono giusti/)
  assert.equal(await page.getByLabel('Nome utente').inputValue(), 'bruno')
  assert.equal(await page.getByLabel('Password').inputValue(), '')
  await axe(page, 'accedi-sbagliata')
  await page.getByLabel('Password').fill(house.passwords.bruno)
  await page.getByRole('button', { name: 'Accedi' }).click()
  await page.getByRole('heading', { level: 1, name: 'Gestione flussi' }).waitFor()
  assert.equal(new URL(page.url()).search, '?ricerca=x')
  await page.context().close()
})

test('after signing out, Back shows nothing', async () => {
  const page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
  await page.goto('/flussi')
  await page.getByRole('button', { name: 'Esci' }).click()
  await page.waitForURL('**/accedi')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Staffetta' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/accedi')
  assert.equal(await page.getByText('Gestione flussi').count(), 0)
  await page.context().close()
})

test('a keyboard is enough', async () => {
  const page = await open(browser, house.base)
  await page.goto('/accedi')
  await page.waitForFunction(() => document.activeElement.id === 'name')
  await page.keyboard.type('bruno')
  await page.keyboard.press('Tab')
  await page.keyboard.type(house.passwords.bruno)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/flussi')
  // The first stop of every page skips what stands above it.
  await tabTo(page, 'Vai al contenuto principale', { most: 1 })
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
  await page.goto('/flussi')
  await tabTo(page, 'Esci')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/accedi')
  await page.context().close()
})

test('a page that is not there says what to do', async () => {
  const page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
  const answer = await page.goto('/nessuna-pagina')
  assert.equal(answer.status(), 404)
  await axe(page, 'non-trovata')
  await page.getByRole('link', { name: 'Torna alla prima pagina' }).click()
  await page.waitForURL('**/flussi')
  await page.context().close()
})
