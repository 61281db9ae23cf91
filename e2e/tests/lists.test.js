// The office's own file on its way to a list: its sheet, its columns, a cell put right, who has paid left out, the balance.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { axe, launch, open, signIn } from '../support/browser.js'
import { fact, newFlow, plain, write } from '../support/compose.js'
import { startHouse } from '../support/program.js'
import { downloaded, text } from '../support/workbook.js'

const COLUMNS = ['Intestatario', 'Dovuto', 'Quando', 'Avviso', 'Nome', 'Cognome']
const ROWS = [
  ['RSSMRA85T10A562S', '19,99', '30/06/2027', '301000000000000001', 'Mario', 'Rossi'],
  ['MRTMTT25D09F205', '2,50', '30/09/2027', '301000000000000002', 'Matteo', 'Moretti'],
  ['00764130365', '7,00', '30/06/2027', '301000000000000003', 'Ditta', 'Srl'],
]

let house, browser, page
before(async () => {
  house = await startHouse({ operators: { bruno: { rights: 'compose,send', services: ['Tributi'] } } })
  browser = await launch()
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

/** A workbook as offices have it: notes first, then the list. */
const workbook = (sheets) => {
  const cell = (value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const xml = (rows) => `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${
    rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`
  const named = Object.keys(sheets)
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const files = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${named.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${types}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets>${named.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${named.map((_, at) => `<Relationship Id="s${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
  }
  named.forEach((name, at) => { files[`xl/worksheets/sheet${at + 1}.xml`] = xml(sheets[name]) })
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)]))))
}

const status = (words) => page.locator('#recipients-status', { hasText: words }).waitFor()

test('a file is read from the sheet, by the columns and with the cells that the operator says', async () => {
  const flow = await newFlow(page, { service: 'Tributi', description: 'Un file come capita' })
  await write(page, {
    subject: 'Avviso di pagamento {{Avviso}}',
    markdown: 'Gentile {{Nome}} {{Cognome}}, le scriviamo per un avviso di pagamento a suo nome, da pagare entro il {{Quando}}.\n\nPuò pagarlo qui sotto, in banca, alla posta o in tabaccheria.',
  })
  const buffer = workbook({
    Note: [['Nota', 'Chi'], ['Da controllare', 'Anna']],
    Elenco: [COLUMNS, ...ROWS],
  })
  await page.getByLabel('File dei destinatari').setInputFiles({ name: 'ufficio.xlsx', mimeType: 'application/octet-stream', buffer })
  await page.getByRole('button', { name: 'Carica' }).click()
  await page.getByLabel('Foglio da leggere').selectOption('Elenco')
  await axe(page, 'elenco-foglio')
  await page.getByRole('button', { name: 'Leggi questo foglio' }).click()
  await page.getByRole('cell', { name: /RSSMRA85T10A562S · / }).waitFor()

  // What the names do not say the operator does.
  for (const [column, meaning] of [
    ['Intestatario', 'codice fiscale'], ['Dovuto', 'importo in euro'], ['Quando', 'scadenza'], ['Avviso', 'numero avviso'],
  ]) await page.getByLabel(column, { exact: true }).selectOption({ label: meaning })
  await axe(page, 'elenco-colonne')
  await page.getByRole('button', { name: 'Usa queste colonne' }).click()
  await status('2 righe del file sono sbagliate')
  const kinds = (await page.locator('.compose-kind summary').allTextContents()).map(plain)
  assert.deepEqual(kinds.sort(), ['Codice fiscale di lunghezza sbagliata 1', 'Codici di imprese ed enti 1'])
  await axe(page, 'elenco-problemi')

  // What is typed into another cell stays, and its group stays open.
  await page.locator('.compose-kind summary', { hasText: 'Codici di imprese' }).evaluate((summary) => { summary.parentElement.open = true })
  await page.getByLabel('Valore giusto, riga 4, Intestatario').fill('LTTMME92P66M9')
  await page.locator('.compose-kind summary', { hasText: 'lunghezza sbagliata' }).evaluate((summary) => { summary.parentElement.open = true })
  await page.getByLabel('Valore giusto, riga 3, Intestatario').fill('MRTMTT25D09F205Z')
  await page.getByRole('button', { name: 'Correggi riga 3, Intestatario' }).click()
  await status('Una riga del file è sbagliata')
  const other = page.getByLabel('Valore giusto, riga 4, Intestatario')
  assert.ok(await other.isVisible())
  assert.equal(await other.inputValue(), 'LTTMME92P66M9')
  await page.waitForFunction(() => document.activeElement?.closest('.compose-fix'))
  assert.equal(await fact(page, 'Celle corrette qui'), '1')
  const checked = await downloaded(page, () => page.getByRole('link', { name: 'Scarica l\'elenco controllato' }).click())
  assert.equal(checked.name, `elenco-controllato-flusso-${flow}.xlsx`)
  const { rows } = checked.sheets[0]
  assert.deepEqual(rows.map((row) => text(row.Intestatario)), ['RSSMRA85T10A562S', 'MRTMTT25D09F205Z', '00764130365'])
  assert.deepEqual(rows.map((row) => text(row.problema) !== ''), [false, false, true])

  await page.getByText('Chi non deve ricevere il messaggio').click()
  await page.getByLabel('File degli esclusi').setInputFiles({
    name: 'altro.csv', mimeType: 'text/csv', buffer: Buffer.from('chi;quanto\nAnna;3\n'),
  })
  await page.getByRole('button', { name: 'Escludi chi è in questo file' }).click()
  await page.locator('#exclusion [role="alert"]', { hasText: 'non è stato preso' }).waitFor()
  await axe(page, 'elenco-esclusi-rifiutato')
  await page.getByLabel('File degli esclusi').setInputFiles({
    name: 'pagati.csv', mimeType: 'text/csv', buffer: Buffer.from('numero avviso\n301000000000000002\n'),
  })
  await page.getByRole('button', { name: 'Escludi chi è in questo file' }).click()
  await page.getByText('un numero avviso da escludere').waitFor()
  assert.equal(await fact(page, 'Righe lasciate fuori'), '1')
  await axe(page, 'elenco-esclusi')
  await page.getByRole('button', { name: /^Prosegui con la sola riga giusta/ }).click()
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  assert.deepEqual({
    recipients: await fact(page, 'Destinatari, cioè messaggi'),
    excluded: await fact(page, 'Righe lasciate fuori'),
    corrected: await fact(page, 'Celle corrette qui'),
    total: await fact(page, 'Totale degli importi'),
    first: await fact(page, 'Prima scadenza'),
    last: await fact(page, 'Ultima scadenza'),
  }, { recipients: '1', excluded: '1', corrected: '1', total: '19,99 €', first: '30/06/2027', last: '30/06/2027' })
  await axe(page, 'elenco-quadratura')
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.locator('.flow-state .state', { hasText: 'Attivo' }).waitFor()
})

test('codes are pasted, and a date that has passed is agreed to', async () => {
  await newFlow(page, { service: 'Tributi', description: 'Codici incollati' })
  await page.getByLabel('Natura').selectOption({ label: 'Informativo' })
  await write(page, {
    subject: 'Avviso di servizio',
    markdown: 'Lo sportello tributi resta chiuso per lavori dal 3 al 7 gennaio: per le urgenze si può scrivere o telefonare come sempre.',
  })
  await page.getByText('Oppure incolla i codici fiscali').click()
  await axe(page, 'elenco-incolla')
  await page.getByLabel('Codici fiscali', { exact: true }).fill('RSSMRA85T10A562S MRTMTT25D09F205Z')
  await page.getByRole('button', { name: 'Usa questi codici' }).click()
  await status('2 destinatari')
  assert.match(await page.locator('.compose-file').textContent(), /codici incollati\.csv/)

  await page.getByLabel('File dei destinatari').setInputFiles({
    name: 'passato.csv', mimeType: 'text/csv', buffer: Buffer.from('cf;scadenza\nRSSMRA85T10A562S;31/01/2020\n'),
  })
  await page.getByRole('button', { name: 'Carica' }).click()
  await page.getByText('una riga ha una scadenza già passata').waitFor()
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.getByText('serve la tua conferma').waitFor()
  await axe(page, 'elenco-scadenza-passata')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.locator('.flow-state .state', { hasText: 'Attivo' }).waitFor()
})
