// After the sending: the report to print, an errata to exactly those who got the wrong message, and who already got one.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, fact, newFlow, plain, send, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'
import { downloaded, text } from '../support/workbook.js'

const RECIPIENTS = 291
const SUBJECT = 'TARI 2027: il tuo avviso di pagamento'

let house, browser, page, flow, reached
before(async () => {
  house = await startHouse({ operators: { bruno: { rights: 'compose,send', services: ['Tributi'] } } })
  await house.run(['organization', 'set', '--letter-cost', '1,05', '--repeat-days', '60'])
  browser = await launch()
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

/** To whom IO's side took messages, in order. */
const received = () => readFileSync(join(house.data, 'simulatore.jsonl'), 'utf8').split('\n')
  .filter((line) => line.includes('"message"')).map((line) => JSON.parse(line).message.fiscal_code)

/** Waits until IO told every final outcome. */
const settled = () => eventually('every outcome is final', async () => {
  await page.reload()
  const told = await tallies(page)
  return !('Accettata da IO' in told) && !('Da inviare' in told) && !('In trasmissione' in told) && told
})

test('the file of results has the columns of the payment, and tells who got the message', async () => {
  flow = await newFlow(page, { service: 'Tributi', description: 'TARI 2027' })
  await write(page, { subject: SUBJECT })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await activate(page)
  await send(page, String(RECIPIENTS))
  const told = await settled()
  assert.equal(told['Esito incerto'], 1, 'whose answer is lost')
  await axe(page, 'dopo-l-invio')
  const { sheets: [sheet] } = await downloaded(page, () =>
    page.getByRole('link', { name: 'File dei risultati (Excel)', exact: true }).click())
  for (const column of ['Importo', 'Scadenza', 'Numero avviso']) {
    assert.ok(sheet.header.some((name) => name.toLowerCase() === column.toLowerCase()), `${column}: ${sheet.header}`)
  }
  const got = sheet.rows.filter((row) => text(row.Stato) === 'Disponibile su IO')
  reached = got.map((row) => text(row['Codice Fiscale']).replace(/\s/g, '').toUpperCase()).sort()
  assert.equal(reached.length, told['Disponibile su IO'])
})

test('the report says how it went, what was spared, and prints without its buttons', async () => {
  await page.goto(`/flussi/${flow}/relazione`)
  const words = plain(await page.getByRole('main').textContent())
  assert.ok(words.includes(`${reached.length} lettere risparmiate, a 1,05 € l’una`), words)
  await axe(page, 'relazione')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('link', { name: 'Torna al flusso' }).isVisible(), false)
  assert.equal(await page.getByRole('button', { name: 'Stampa' }).isVisible(), false)
  assert.equal(await page.getByRole('heading', { level: 1 }).isVisible(), true)
  await axe(page, 'relazione-stampata')
  await page.emulateMedia({ media: 'screen' })
})

test('an errata is made once, for those who got the message and nobody else', async () => {
  await page.goto(`/flussi/${flow}`)
  await page.getByRole('link', { name: 'Errata corrige', exact: true }).click()
  await axe(page, 'errata')
  const counts = (await page.locator('.errata-who tbody .number').allTextContents()).map(Number)
  assert.equal(counts[0], reached.length)
  assert.equal(counts.reduce((sum, count) => sum + count), RECIPIENTS)
  assert.equal(plain(await page.locator('.errata-who tfoot .number').textContent()), String(RECIPIENTS))
  const late = await page.context().newPage()
  await late.goto(page.url())

  await page.getByRole('button', { name: 'Prepara l’errata corrige' }).click()
  await page.getByText('Scegli che cosa scrivi').waitFor()
  await axe(page, 'errata-errori')
  await page.getByRole('radio', { name: /^Errata corrige/ }).check()
  await page.getByRole('button', { name: 'Prepara l’errata corrige' }).click()
  await page.waitForURL('**/componi')
  assert.equal(await page.getByLabel('Oggetto').inputValue(), `Errata corrige: ${SUBJECT}`)
  assert.match(plain(await page.locator('.errata-note').textContent()), new RegExp(
    `Errata corrige del flusso ${flow}\\. Presi ${reached.length} destinatari su ${RECIPIENTS}\\. Lasciati fuori`))
  assert.equal(await page.getByRole('link', { name: 'Vai alla quadratura' }).count(), 0, 'the correction is to be written')
  await axe(page, 'errata-da-scrivere')

  // The other tab knows of none, and makes no second one unawares.
  await late.getByRole('radio', { name: /^Errata corrige/ }).check()
  await late.getByRole('button', { name: 'Prepara l’errata corrige' }).click()
  await late.getByText('un’altra errata corrige').waitFor()
  await axe(late, 'errata-altra')
  await late.close()
})

test('only those who got the wrong message get the right one', async () => {
  const errata = Number(new URL(page.url()).pathname.split('/')[2])
  const markdown = await page.getByLabel('Contenuto').inputValue()
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/bozza') && answer.ok())
  await page.getByLabel('Contenuto').fill(markdown.replace(/\{\{SCRIVI QUI.*\}\}/, 'La scadenza giusta è il **30 giugno 2027**.'))
  await saved
  await page.getByRole('link', { name: 'Vai alla quadratura' }).waitFor()
  assert.equal(await page.getByText('questo stesso messaggio negli ultimi').count(), 0)
  await axe(page, 'errata-pronta')
  const earlier = received()
  await activate(page)
  // No other number starts it.
  await send(page, String(reached.length))
  await settled()
  await axe(page, 'errata-inviata')
  assert.deepEqual(received().slice(earlier.length).sort(), reached)
  await page.goto(`/flussi/${flow}`)
  await page.getByRole('link', { name: `Flusso ${errata}` }).waitFor()
  await page.getByText('Errata corrige preparata').waitFor()
  await axe(page, 'flusso-con-errata')
})

test('who already got the very same message is told, listed and left out', async () => {
  const again = await newFlow(page, { service: 'Tributi', description: 'TARI 2027, di nuovo' })
  await write(page, { subject: SUBJECT })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await page.getByText('questo stesso messaggio negli ultimi 60 giorni').waitFor()
  await axe(page, 'gia-ricevuto-avviso')
  await page.getByRole('link', { name: 'Vedi chi sono' }).click()
  await page.getByRole('heading', { level: 1, name: /ha già ricevuto il messaggio/ }).waitFor()
  assert.equal(await page.locator('tbody tr').count(), 50)
  await axe(page, 'gia-ricevuto')
  const { sheets: [sheet] } = await downloaded(page, () => page.getByRole('link', { name: 'Esporta Excel' }).click())
  // Whose answer was lost may have got it, too.
  assert.equal(sheet.rows.length, reached.length + 1)
  await page.getByRole('button', { name: 'Lascia fuori queste righe' }).click()
  await page.waitForURL(`**/flussi/${again}/componi*`)
  await page.getByText(/messaggi sono lasciati fuori/).waitFor()
  await acceptGoodRows(page)
  // One of them stands twice in the file; of whom nobody knows a person decides.
  assert.equal(await fact(page, 'Righe lasciate fuori'), String(reached.length + 1))
  await axe(page, 'gia-ricevuto-fuori')
  await page.getByRole('button', { name: 'Rimetti nell’elenco' }).click()
  await page.getByText(/messaggi sono lasciati fuori/).waitFor({ state: 'detached' })
})
