// Gestione flussi: the list, its search, and how a flow is opened from it.
import assert from 'node:assert/strict'
import { after, before, beforeEach, afterEach, test } from 'node:test'
import { axe, focused, launch, open, signIn, tabTo } from '../support/browser.js'
import { startDemo } from '../support/program.js'

let demo, browser, page
before(async () => {
  demo = await startDemo()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})
beforeEach(async () => {
  page = await open(browser, demo.base)
  await signIn(page, 'operatore', demo.passwords.operatore)
  await page.goto('/flussi')
})
afterEach(async () => {
  await page.context().close()
})

const list = () => page.getByRole('button', { name: 'Elenca' }).click()
const rows = () => page.locator('tbody tr')
const states = async () => new Set(await page.locator('tbody .state').allTextContents())

test('Elenca without filters shows the five states, newest first', async () => {
  await list()
  assert.equal(new URL(page.url()).search, '')
  assert.deepEqual([...await states()].sort(), ['Attivo', 'In invio', 'Inattivo', 'Inviato', 'Invio incompleto'])
  const numbers = (await page.locator('tbody td:first-child').allTextContents()).map(Number)
  assert.deepEqual(numbers, [...numbers].sort((one, other) => other - one))
  await axe(page, 'flussi')
  await page.setViewportSize({ width: 390, height: 800 })
  await axe(page, 'flussi-telefono')
})

test('a search keeps what was typed, and its address says nothing of it', async () => {
  await page.getByLabel('Stato').selectOption('Inviato')
  await page.getByLabel('Descrizione').fill('tari')
  await list()
  assert.deepEqual([...await states()], ['Inviato'])
  assert.equal(await page.getByLabel('Descrizione').inputValue(), 'tari')
  assert.match(page.url(), /\/flussi\?ricerca=[\w-]+$/)
  await axe(page, 'flussi-ricerca')
  await page.getByRole('link', { name: 'Togli i filtri' }).click()
  await page.waitForURL('**/flussi')
  assert.equal(await page.getByLabel('Descrizione').inputValue(), '')
})

test('a fault stands at its field, and nothing found is told', async () => {
  await page.getByLabel('Contiene il codice fiscale').fill('RSSMRA85T10A562T')
  await page.getByLabel('Numero').fill('dodici')
  await list()
  for (const field of ['Contiene il codice fiscale', 'Numero']) {
    assert.equal(await page.getByLabel(field).getAttribute('aria-invalid'), 'true')
    const described = await page.getByLabel(field).getAttribute('aria-describedby')
    assert.ok((await page.locator(`#${described}`).textContent()).trim().length > 10)
  }
  assert.doesNotMatch(page.url(), /RSSMRA/)
  await axe(page, 'flussi-errori')
  await page.getByLabel('Numero').fill('999999')
  await page.getByLabel('Contiene il codice fiscale').fill('')
  await list()
  assert.match(await page.getByRole('main').getByRole('status').last().textContent(), /Nessun flusso/)
})

test('the lentina is worked by keyboard alone', async () => {
  await tabTo(page, 'Cerca tra i servizi (lentina)')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Scegli il servizio' })
  await dialog.waitFor()
  assert.equal(await focused(page), 'Cerca nel nome')
  assert.equal(await dialog.getByRole('listitem').count(), 2)
  await axe(page, 'lentina')
  await page.keyboard.type('ANÀGRAF')
  assert.equal(await dialog.getByRole('listitem').count(), 1)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  assert.match(await page.locator('#service option:checked').textContent(), /Anagrafe/)
  // Escape leaves the choice as it was.
  await tabTo(page, 'Cerca tra i servizi (lentina)', { most: 1 })
  await page.keyboard.press('Enter')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await tabTo(page, 'Elenca')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/flussi?ricerca=*')
  const services = await page.locator('tbody td:nth-child(5)').allTextContents()
  assert.ok(services.length > 0 && services.every((name) => name.startsWith('Anagrafe')))
})

test('double click, Enter and the link open a flow; Back restores search and place', async () => {
  await page.getByLabel('Descrizione').fill('carte')
  await list()
  const found = page.url()
  const row = rows().first()
  const wanted = await row.getAttribute('data-open')
  assert.match(wanted, /^\/flussi\/\d+$/)
  const opened = async (how) => {
    await how()
    await page.waitForURL(`**${wanted}`)
    await page.goBack()
    await page.waitForURL(found)
    assert.equal(await page.getByLabel('Descrizione').inputValue(), 'carte')
    assert.ok(await rows().count() > 1)
  }
  await opened(() => row.locator('td').nth(1).dblclick())
  await opened(async () => {
    await row.focus()
    await page.keyboard.press('Enter')
  })
  await opened(() => row.getByRole('link').click())
  // The arrows go from row to row.
  await row.focus()
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate(() => document.activeElement.dataset.open), await rows().nth(1).getAttribute('data-open'))
})

test('consulta looks at all three services and is offered nothing to compose', async () => {
  const other = await open(browser, demo.base)
  await signIn(other, 'consulta', demo.passwords.consulta)
  assert.equal(await other.getByRole('link', { name: 'Nuovo flusso' }).count(), 0)
  assert.equal(await other.getByRole('link', { name: 'Gestione servizi' }).count(), 0)
  assert.equal(await other.locator('#service option').count(), 4)
  assert.equal(await page.locator('#service option').count(), 3)
  assert.equal(await page.getByRole('link', { name: 'Nuovo flusso' }).count(), 1)
  await other.context().close()
})
