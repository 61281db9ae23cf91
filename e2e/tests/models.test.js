// Modelli: the whole case of identity cards that expire, from the library to the outcomes, by an operator who has
// nothing but the example's spreadsheet; and a flow that is kept as a model of the ente.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { plain, send, tallies } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'
import { newWalk } from '../support/walk.js'
import { downloaded } from '../support/workbook.js'

let house, browser, page, example
before(async () => {
  house = await startHouse({
    operators: {
      bruno: { rights: 'compose,send', services: ['Anagrafe'] },
      carla: { rights: 'look', services: ['Anagrafe'] },
    },
    simulator: ['--reach', '1', '--faults', 'none'],
  })
  browser = await launch()
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const step = newWalk()

const state = () => page.locator('.flow-state .state')
const message = () => page.getByRole('article', { name: 'Il messaggio come lo vede il cittadino' })
const ready = () => page.getByRole('link', { name: 'Vai alla quadratura' })

step('the library shows what a model says and gives its example', async () => {
  await page.getByRole('link', { name: 'Modelli', exact: true }).click()
  await page.getByText('Non c\'è ancora nessun modello dell\'ente').waitFor()
  await axe(page, 'modelli')
  await page.getByRole('link', { name: 'Scadenza della carta d\'identità' }).click()
  await page.getByRole('heading', { level: 1, name: 'Scadenza della carta d\'identità' }).waitFor()
  assert.match(plain(await message().textContent()), /la tua carta d'identità numero \{\{numero_carta\}\} scade/)
  await axe(page, 'modello')
  const book = await downloaded(page, () => page.getByRole('link', { name: 'Scarica il foglio di esempio' }).click())
  assert.equal(book.name, 'esempio-carta-identita.xlsx')
  const [sheet] = book.sheets
  assert.deepEqual(sheet.header, ['codice_fiscale', 'nome', 'numero_carta', 'scadenza'])
  assert.equal(sheet.rows.length, 3)
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('link', { name: 'Scarica il foglio di esempio' }).click(),
  ])
  example = { name: book.name, mimeType: 'application/vnd.ms-excel', buffer: readFileSync(await download.path()) }
})

step('the model begins a flow with its text and its nature', async () => {
  await page.getByRole('link', { name: 'Usa questo modello' }).click()
  await page.getByRole('heading', { level: 1, name: 'Nuovo flusso' }).waitFor()
  assert.equal(await page.getByLabel('Parti da un modello').inputValue(), 'carta-identita')
  assert.equal(await page.getByLabel('Natura').inputValue(), 'promemoria')
  assert.equal(await page.getByLabel('Descrizione').inputValue(), 'Scadenza della carta d\'identità')
  await axe(page, 'nuovo-flusso-modello')
  // Another one is looked at, and the first taken again: nature and text follow, what was typed stays.
  await page.getByLabel('Descrizione').fill('Carte in scadenza a dicembre')
  await page.getByLabel('Servizio', { exact: true }).selectOption({ label: 'Anagrafe' })
  await page.getByLabel('Parti da un modello').selectOption({ label: 'Errata corrige' })
  await message().getByText('Conteneva un errore').waitFor()
  assert.equal(await page.getByLabel('Natura').inputValue(), 'informativo')
  await page.getByLabel('Parti da un modello').selectOption({ label: 'Scadenza della carta d\'identità' })
  await message().getByRole('heading', { name: 'La tua carta' }).waitFor()
  assert.equal(await page.getByLabel('Natura').inputValue(), 'promemoria')
  assert.equal(await page.getByLabel('Descrizione').inputValue(), 'Carte in scadenza a dicembre')
  await page.getByRole('button', { name: 'Crea e prosegui' }).click()
  await page.waitForURL('**/componi')
  assert.match(await page.getByLabel('Contenuto').inputValue(), /\{\{numero_carta\}\}/)
})

step('the page says which columns a file must have, and which of them are missing', async () => {
  const needed = page.getByRole('list', { name: 'Il file deve avere' })
  assert.deepEqual((await needed.getByRole('listitem').allTextContents()).map(plain),
    ['codice_fiscale', 'scadenza', 'nome', 'numero_carta'])
  await axe(page, 'componi-modello-colonne')
  await page.getByLabel('File dei destinatari').setInputFiles({
    name: 'senza-carta.csv', mimeType: 'text/csv', buffer: Buffer.from('cf;nome;scadenza\nRSSMRA80A41M901L;Maria;18/12/2090\n'),
  })
  await page.getByRole('button', { name: 'Carica' }).click()
  await page.locator('#recipients').getByText('numero_carta').first().waitFor()
  await axe(page, 'componi-modello-manca')
})

step('the example goes the whole way: check, preview, balance, sending, outcomes', async () => {
  await page.getByLabel('File dei destinatari').setInputFiles(example)
  await page.getByRole('button', { name: 'Carica' }).click()
  await ready().waitFor()
  await page.reload()
  await message().getByText('CA00000AA').waitFor()
  const shown = plain(await message().textContent())
  assert.match(shown, /Gentile Maria/)
  assert.doesNotMatch(shown, /\{\{/)
  await axe(page, 'componi-modello-pronto')
  await ready().click()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.locator('.flow-state .state', { hasText: 'Attivo' }).waitFor()
  await send(page, '3')
  await eventually('the flow is sent', async () => /Inviato/.test(await state().textContent()))
  await eventually('the outcomes are there', async () => (await tallies(page))['Disponibile su IO'] === 3)
  assert.equal((await house.stats()).messages, 3)
})

step('the flow is kept as a model of the ente', async () => {
  await page.getByRole('link', { name: 'Salva come modello' }).click()
  await axe(page, 'salva-modello')
  await page.getByLabel('Nome del modello').fill('Carte <2026>')
  await page.getByRole('button', { name: 'Salva' }).click()
  await page.getByText('Il modello è salvato').waitFor()
  await axe(page, 'modello-ente')
  await page.getByText('Cambia nome').click()
  await page.getByLabel('Nuovo nome').fill('Carte del mese')
  await page.getByRole('button', { name: 'Salva il nome' }).click()
  await page.getByText('Il nome è cambiato').waitFor()
  await page.getByRole('link', { name: 'Usa questo modello' }).click()
  assert.equal(await page.getByLabel('Descrizione').inputValue(), 'Carte del mese')
  await page.goto('/modelli')
  await page.getByRole('cell', { name: /bruno/ }).waitFor()
  await axe(page, 'modelli-ente')
})

step('who only looks uses none, and a model goes only after a question', async () => {
  const looker = await open(browser, house.base)
  await signIn(looker, 'carla', house.passwords.carla)
  await looker.goto('/modelli')
  assert.equal(await looker.getByText('Carte del mese').count(), 0)
  await looker.goto('/modelli/carta-identita')
  assert.equal(await looker.getByRole('link', { name: 'Usa questo modello' }).count(), 0)
  await axe(looker, 'modello-consulta')
  await looker.context().close()
  await page.getByRole('rowheader', { name: 'Carte del mese' }).getByRole('link').click()
  await page.getByRole('link', { name: 'Elimina il modello' }).click()
  await axe(page, 'modello-elimina')
  await page.getByRole('button', { name: 'Elimina' }).click()
  await page.getByText('Il modello è eliminato').waitFor()
})
