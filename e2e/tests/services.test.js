// Gestione servizi: for administrators only; keys go in and never come out.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { axe, launch, open, signIn, tabTo } from '../support/browser.js'
import { startHouse } from '../support/program.js'

let house, browser, page
before(async () => {
  house = await startHouse({
    operators: { ada: { rights: 'admin' }, bruno: { rights: 'compose,send,single', services: ['Tributi'] } },
  })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})
beforeEach(async () => {
  page = await open(browser, house.base)
  await signIn(page, 'ada', house.passwords.ada)
  await page.goto('/servizi')
})
afterEach(async () => {
  await page.context().close()
})

const fault = async (label) => {
  const field = page.getByLabel(label)
  assert.equal(await field.getAttribute('aria-invalid'), 'true', label)
  const ids = (await field.getAttribute('aria-describedby')).split(' ')
  return page.locator(`#${ids.at(-1)}`).textContent()
}

test('others do not see it', async () => {
  const other = await open(browser, house.base)
  await signIn(other, 'bruno', house.passwords.bruno)
  assert.equal(await other.getByRole('link', { name: 'Gestione servizi' }).count(), 0)
  for (const path of ['/servizi', '/servizi/nuovo', '/servizi/1']) {
    assert.equal((await other.goto(path)).status(), 403, path)
  }
  await other.context().close()
})

test('a service is added, with every fault at its field first', async () => {
  await axe(page, 'servizi')
  await page.getByRole('link', { name: 'Nuovo servizio' }).click()
  assert.equal(await page.getByLabel('Importo massimo').inputValue(), '10.000,00')
  await axe(page, 'servizio-nuovo')
  await page.getByLabel('Nome').fill('Tributi')
  await page.getByLabel('Identificativo su IO').fill('non è un codice')
  await page.getByLabel('Indirizzo').fill('http://10.0.0.7/api')
  await page.getByLabel('Chiave').fill('chiave-nuova-da-non-mostrare')
  await page.getByLabel('Importo massimo').fill('1.234')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  assert.match(await page.getByRole('alert').textContent(), /4 campi da correggere/)
  assert.match(await fault('Indirizzo'), /https:/)
  assert.match(await fault('Importo massimo'), /due modi/)
  await fault('Identificativo su IO')
  assert.equal(await page.getByLabel('Chiave').inputValue(), '')
  assert.doesNotMatch(await page.content(), /chiave-nuova-da-non-mostrare/)
  await axe(page, 'servizio-nuovo-errori')

  await page.getByLabel('Identificativo su IO').fill('01GQQZ9HF5GAPRVKJM1VDAVFHM')
  await page.getByLabel('Indirizzo').fill(house.io)
  await page.getByLabel('Chiave').fill('chiave-nuova-da-non-mostrare')
  await page.getByLabel('Importo massimo').fill('2500')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  assert.match(await fault('Nome'), /già un servizio/)
  await page.getByLabel('Nome').fill('Mensa')
  await page.getByLabel('Chiave').fill('chiave-nuova-da-non-mostrare')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByRole('heading', { level: 1, name: 'Mensa' }).waitFor()
  assert.match(await page.getByRole('main').getByRole('status').textContent(), /è stato aggiunto/)
  assert.match(await page.getByText('Una chiave è registrata').textContent(), /non viene mostrata/)
  assert.doesNotMatch(await page.content(), /chiave-nuova-da-non-mostrare/)
  assert.match(await page.getByRole('row').last().textContent(), /ada.*Aggiunto/s)
  await axe(page, 'servizio')
})

test('another address wants the key again', async () => {
  await page.getByRole('link', { name: 'Anagrafe' }).click()
  const moved = house.io.replace('/api/v1', '/altrove')
  await page.getByLabel('Indirizzo').fill(moved)
  await page.getByRole('button', { name: 'Salva' }).click()
  assert.match(await fault('Chiave'), /indirizzo nuovo/)
  await page.getByLabel('Chiave').fill('chiave-di-prova')
  await page.getByRole('button', { name: 'Salva' }).click()
  assert.match(await page.getByRole('main').getByRole('status').textContent(), /salvate/)
  // Nobody of IO answers there.
  await page.getByRole('button', { name: 'Prova chiave' }).click()
  assert.match(await page.getByRole('main').getByRole('status').textContent(), /non risponde IO/)
  await page.getByRole('button', { name: 'Salva' }).click()
  assert.match(await page.getByRole('main').getByRole('status').textContent(), /niente da salvare/)
})

test('a key is tried by keyboard, and nothing is sent', async () => {
  const row = page.getByRole('row', { name: /Tributi/ })
  await row.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Tributi' }).waitFor()
  await tabTo(page, 'Prova chiave')
  await page.keyboard.press('Enter')
  assert.match(await page.getByRole('main').getByRole('status').textContent(), /La chiave è giusta/)
  const stats = await house.stats()
  assert.equal(stats.messages, 0)
  await axe(page, 'servizio-prova')
})

test('a service is disabled and enabled again', async () => {
  await page.getByRole('link', { name: 'Tributi' }).click()
  await page.getByLabel(/^Attivo:/).uncheck()
  await page.getByRole('button', { name: 'Salva' }).click()
  await page.getByRole('link', { name: 'Torna ai servizi' }).click()
  assert.match(await page.getByRole('row', { name: /Tributi/ }).textContent(), /Disabilitato/)
  await page.getByRole('row', { name: /Tributi/ }).locator('td').last().dblclick()
  await page.getByLabel(/^Attivo:/).check()
  await page.getByRole('button', { name: 'Salva' }).click()
  assert.match(await page.getByRole('main').getByRole('status').textContent(), /salvate/)
})
