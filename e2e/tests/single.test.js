// Archivio notifiche › Nuovo: a single notification, which leaves as soon as it is added; and Esporta Excel.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { plain } from '../support/compose.js'
import { startHouse } from '../support/program.js'

// Of the examples: the simulator, with its own seed, has this person on IO.
const PERSON = 'LTTMME92P66M919R'
const TEXT = 'Il documento che ha chiesto è pronto: può ritirarlo allo sportello negli orari di apertura, con un documento valido.'
  .padEnd(119, '.')

let house, browser, page
before(async () => {
  house = await startHouse({ operators: { bruno: { rights: 'compose,send,single', services: ['Tributi'] } } })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})
beforeEach(async () => {
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
  await page.goto('/notifiche')
})
afterEach(async () => {
  assert.deepEqual(page.faults, [])
  await page.context().close()
})

const received = async () => (await (await fetch(`${new URL(house.io).origin}/_simulator/stats`)).json()).messages
const fill = async (subject, markdown) => {
  await page.getByRole('link', { name: 'Nuovo', exact: true }).click()
  await page.getByLabel('Servizio', { exact: true }).selectOption({ label: 'Tributi' })
  await page.getByLabel('Codice fiscale').fill(PERSON)
  await page.getByLabel('Oggetto').fill(subject)
  await page.getByLabel('Contenuto').fill(markdown)
}
const fault = async (label) => {
  const field = page.getByLabel(label)
  assert.equal(await field.getAttribute('aria-invalid'), 'true', label)
  const [id] = (await field.getAttribute('aria-describedby')).split(' ')
  return page.locator(`#${id}`).textContent()
}

test('limits not met are told at their fields, and nothing is sent; corrected, it leaves at once', async () => {
  assert.equal(TEXT.length, 119)
  await fill('Documento', TEXT)
  await page.getByText('Il messaggio parte subito e non si può richiamare').waitFor()
  await axe(page, 'puntuale')
  // Enter in a field is not a press.
  await page.getByLabel('Oggetto').press('Enter')
  assert.equal(new URL(page.url()).pathname, '/notifiche/nuova')
  assert.equal(await page.getByRole('alert').count(), 0)
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  assert.match(await page.getByRole('alert').textContent(), /Non è stato inviato niente/)
  assert.match(await fault('Oggetto'), /10/)
  assert.match(await fault('Contenuto'), /120/)
  assert.equal(await page.locator('form#single .fault[id$="-fault"]').count(), 2)
  assert.equal(await page.getByLabel('Contenuto').inputValue(), TEXT)
  await axe(page, 'puntuale-errori')
  assert.equal(await received(), 0)

  await page.getByLabel('Oggetto').fill('Documento pronto')
  await page.getByLabel('Contenuto').fill(`${TEXT}.`)
  await page.getByRole('article').getByText('Documento pronto').waitFor()
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByText('La notifica è stata aggiunta').waitFor()
  // The outcome comes by itself.
  await page.getByRole('region', { name: 'Esito' }).getByText('Disponibile su IO').waitFor()
  await axe(page, 'puntuale-esito')
  assert.equal(await received(), 1)

  const shown = page.getByRole('article', { name: 'Il messaggio come lo vede il cittadino' })
  const [subject, body] = [await shown.getByRole('heading').textContent(), await shown.locator('.body').textContent()]
  const inbox = await open(browser, new URL(house.io).origin)
  await inbox.goto(`/inbox/${PERSON}`)
  assert.equal(await inbox.getByRole('article').count(), 1)
  assert.equal(await inbox.getByRole('article').getByRole('heading').textContent(), subject)
  assert.equal(plain(await inbox.locator('.body').textContent()), plain(body))
  await inbox.context().close()
})

test('a double press is one message', async () => {
  const before = await received()
  await fill('Premuto due volte', `${TEXT} Questo è un altro messaggio.`)
  await page.getByRole('button', { name: 'Aggiungi' }).dblclick()
  await page.getByText('La notifica è stata aggiunta').waitFor()
  await page.getByRole('region', { name: 'Esito' }).getByText('Disponibile su IO').waitFor()
  assert.equal(await received(), before + 1)
  // In the archive, too, there is one.
  await page.goto('/notifiche')
  await page.getByRole('button', { name: 'Elenca' }).click()
  assert.equal(await page.getByRole('row', { name: /Premuto due volte/ }).count(), 1)
})

test('Esporta Excel gives a workbook of what was found', async () => {
  await page.getByLabel('Codice fiscale').fill(PERSON.toLowerCase())
  await page.getByRole('button', { name: 'Elenca' }).click()
  assert.equal(await page.locator('tbody tr').count(), 2)
  await axe(page, 'archivio-trovate')
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('link', { name: 'Esporta Excel' }).click(),
  ])
  assert.match(download.suggestedFilename(), /\.xlsx$/)
  const bytes = readFileSync(await download.path())
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04')
  assert.match(download.url(), /^(?!.*LTTMME)/i)
})
