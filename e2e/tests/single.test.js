// Archivio notifiche › Nuovo: a single notification, which leaves as soon as it is added; and Esporta Excel.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { plain } from '../support/compose.js'
import { startHouse } from '../support/program.js'
import { downloaded, euro, moment, text } from '../support/workbook.js'

// Of the examples: the simulator, with its own seed, has this person on IO.
const PERSON = 'LTTMME92P66M919R'
const TEXT = 'Il documento che ha chiesto è pronto: può ritirarlo allo sportello negli orari di apertura, con un documento valido.'
  .padEnd(119, '.')
const HEADER = [
  'Data', 'Codice fiscale', 'Oggetto', 'Servizio', 'Flusso', 'Stato', 'Motivo', 'Stato Mail', 'Id IO', 'Numero avviso',
  'Importo', 'Riferimento', 'Prova interna',
]

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
  await page.context().close()
})

const received = async () => (await house.stats()).messages
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

test('Esporta Excel gives a workbook of what was found, with what looks like a formula as text', async () => {
  const formula = "=cmd|' /C calc'!A0"
  await fill(formula, `${TEXT} E un altro ancora.`)
  await page.getByLabel('Importo in euro').fill('1.234,56')
  await page.getByLabel('Numero avviso').fill('301000000000000001')
  await page.getByLabel('Riferimento').fill('=1+1')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByRole('region', { name: 'Esito' }).getByText('Disponibile su IO').waitFor()
  await page.goto('/notifiche')
  await page.getByLabel('Codice fiscale').fill(PERSON.toLowerCase())
  await page.getByRole('button', { name: 'Elenca' }).click()
  assert.equal(await page.locator('tbody tr').count(), 3)
  await axe(page, 'archivio-trovate')
  const shown = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())))
  const { name, address, sheets } = await downloaded(page, () => page.getByRole('link', { name: 'Esporta Excel' }).click())
  assert.equal(name, 'notifiche.xlsx')
  assert.doesNotMatch(address, /LTTMME/i)
  assert.equal(sheets.length, 1)
  const [{ header, rows, frozen, filter, formulas, links }] = sheets
  assert.deepEqual(header, HEADER)
  assert.equal(rows.length, 3)
  assert.deepEqual({ frozen, filter, formulas, links }, { frozen: 1, filter: 'A1:M4', formulas: 0, links: 0 })
  // As the page shows them, in its order, each in its type.
  const words = (row) => ['Codice fiscale', 'Oggetto', 'Servizio', 'Stato'].map((title) => text(row[title]))
  for (const [index, row] of rows.entries()) {
    assert.equal(moment(row.Data), shown[index][0])
    for (const value of words(row)) assert.ok(shown[index].includes(value), `${value}: ${shown[index]}`)
    assert.deepEqual([text(row['Codice fiscale']), row['Codice fiscale'].format], [PERSON, '@'])
    assert.match(text(row['Id IO']), /^[0-9A-Z]{26}$/)
    assert.equal(text(row['Stato Mail']), 'non comunicato da IO')
  }
  const row = rows.find((one) => text(one.Oggetto) === formula)
  assert.equal(text(row.Riferimento), '=1+1')
  assert.deepEqual([text(row['Numero avviso']), row['Numero avviso'].format], ['301000000000000001', '@'])
  assert.equal(euro(row.Importo), '1.234,56 €')
  assert.equal(row.Flusso, undefined, 'a single notification has none')
})

test('a session that ends while one is written loses nothing, and nothing is sent by it', async () => {
  const before = await house.stats()
  const subject = 'Scritta a metà, poi ritrovata'
  await fill(subject, `${TEXT} Questa è a metà.`)
  await page.getByRole('article').getByText('Questa è a metà').waitFor()
  // The session is over, as after two hours at another desk; what is typed now only this page has.
  await page.context().clearCookies()
  await page.getByLabel('Contenuto').fill(`${TEXT} Questa è finita.`)
  await page.getByText('Accedi di nuovo da qui').waitFor()
  await axe(page, 'puntuale-sessione-finita')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByText('ritrovi quello che hai scritto').waitFor()
  await axe(page, 'accedi-con-notifica')
  assert.doesNotMatch(page.url(), /LTTMME|finita/i)
  await page.getByLabel('Nome utente').fill('bruno')
  await page.getByLabel('Password').fill(house.passwords.bruno)
  await page.getByRole('button', { name: 'Accedi' }).click()
  await page.waitForURL('**/notifiche/nuova')
  await page.getByText('Ritrovi qui quello che stavi scrivendo').waitFor()
  assert.equal(await page.getByLabel('Codice fiscale').inputValue(), PERSON)
  assert.equal(await page.getByLabel('Oggetto').inputValue(), subject)
  assert.equal(await page.getByLabel('Contenuto').inputValue(), `${TEXT} Questa è finita.`)
  assert.equal(await page.locator('#service option:checked').textContent(), 'Tributi')
  await axe(page, 'puntuale-ritrovata')
  assert.deepEqual(await house.stats(), before)

  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByText('La notifica è stata aggiunta').waitFor()
  await page.getByRole('region', { name: 'Esito' }).getByText('Disponibile su IO').waitFor()
  assert.equal(await received(), before.messages + 1)
  await page.goto('/notifiche/nuova')
  assert.equal(await page.getByLabel('Oggetto').inputValue(), '')
})

test('what was left half written is there the next time, until it is given up', async () => {
  await fill('Lasciata a metà per una telefonata', TEXT)
  await page.getByRole('article').getByText('per una telefonata').waitFor()
  await page.goto('/flussi')
  await page.goto('/notifiche/nuova')
  await page.getByText('Ritrovi qui quello che stavi scrivendo').waitFor()
  assert.equal(await page.getByLabel('Oggetto').inputValue(), 'Lasciata a metà per una telefonata')
  await page.getByRole('button', { name: 'Comincia da capo' }).click()
  await page.waitForURL('**/notifiche/nuova')
  assert.equal(await page.getByLabel('Oggetto').inputValue(), '')
  await page.getByLabel('Oggetto').fill('Anche questa')
  await page.getByRole('article').getByText('Anche questa').waitFor()
  await page.getByRole('button', { name: 'Lascia stare' }).click()
  await page.waitForURL('**/notifiche')
  await page.getByRole('link', { name: 'Nuovo', exact: true }).click()
  assert.equal(await page.getByLabel('Oggetto').inputValue(), '')
})
