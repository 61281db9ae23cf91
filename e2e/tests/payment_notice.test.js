// A payment notice, from the package that makes the notices to the file that goes back to it: what the office's columns
// say of amounts, notices and due dates, the balance against the package's, a second person, the sending, the results.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { fact, newFlow, plain, send, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'
import { downloaded, text } from '../support/workbook.js'

const COLUMNS = [
  'Codice fiscale', 'Nome', 'Importo', 'Numero avviso', 'Scadenza', 'Non pagabile dopo la scadenza', 'CF ente creditore',
]
const ROWS = [
  ['RSSMRA85T10A562S', 'Mario Rossi', '1.234,50', '301000000000000001', '15/12/2098', 'sì', ''],
  ['MRTMTT25D09F205Z', 'Matteo Moretti', '7,00', '301000000000000002', '15/07/2098', 'no', '80012345676'],
  // More than the service may ask for.
  ['RSSMRA85T10A562S', 'Mario Rossi', '20000,00', '301000000000000003', '15/12/2098', 'no', ''],
  ['LTTMME92P66M919R', 'Emma Lattanzi', '62,95', '301000000000000004', '28/02/2099', '', ''],
]
const LIST = {
  name: 'estrazione.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([COLUMNS, ...ROWS].map((row) => `${row.join(';')}\r\n`).join('')),
}
const TEXT = 'Gentile {{Nome}},\n\nquesto è il tuo avviso di {{Importo | euro}}: si paga qui sotto, in banca, alla posta o in tabaccheria entro il {{Scadenza | data_estesa}}.'

let house, browser, flow
const people = {}
before(async () => {
  house = await startHouse({
    operators: {
      bruno: { rights: 'compose,send', services: ['Tributi'] },
      carla: { rights: 'send', services: ['Tributi'] },
    },
    simulator: ['--reach', '1', '--faults', 'none', '--grant-payee'],
  })
  await house.run(['organization', 'set', '--approval-above', '2'])
  browser = await launch()
  for (const name of ['bruno', 'carla']) {
    people[name] = await open(browser, house.base)
    await signIn(people[name], name, house.passwords[name])
  }
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const state = (page) => page.locator('.flow-state')
const sentence = 'Stai per scrivere a 3 persone con il servizio Tributi: oggetto «TARI 2098: avviso di pagamento», '
/** The balance, as it stands on activation, approval and sending alike. */
const balance = async (page) => ({
  recipients: await fact(page, 'Destinatari, cioè messaggi'),
  // Where they can still be mended they can be downloaded, too.
  wrong: (await fact(page, 'Righe scartate')).split(' · ')[0],
  total: await fact(page, 'Totale degli importi'),
  least: await fact(page, 'Importo più piccolo'),
  most: await fact(page, 'Importo più grande'),
  first: await fact(page, 'Prima scadenza'),
  last: await fact(page, 'Ultima scadenza'),
})
/** What the package that made the notices says of them, without the one that is put aside. */
const PACKAGE = {
  recipients: '3', wrong: '1', total: '1.304,45 €', least: '7,00 €', most: '1.234,50 €', first: '15/07/2098', last: '28/02/2099',
}

test('the notices are read, and what the service may not ask for is put aside', async () => {
  const page = people.bruno
  flow = await newFlow(page, { service: 'Tributi', description: 'TARI 2098' })
  await write(page, { subject: 'TARI 2098: avviso di pagamento', markdown: TEXT })
  await upload(page, LIST)
  const kinds = (await page.locator('.compose-kind summary').allTextContents()).map(plain)
  assert.deepEqual(kinds, ['Importo oltre il limite del servizio 1'])
  await axe(page, 'avviso-limite')
  await page.getByRole('button', { name: /^Prosegui con le 3 righe giuste/ }).click()
  await page.getByRole('article', { name: 'Il messaggio come lo vede il cittadino' }).getByText('questo è il tuo avviso di 1.234,50 €').waitFor()
  await axe(page, 'avviso-pronto')
})

test('the balance is the one of the package, and is frozen', async () => {
  const page = people.bruno
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByText(`${sentence}appena verrà inviato`).waitFor()
  assert.deepEqual(await balance(page), PACKAGE)
  await axe(page, 'avviso-quadratura')
  await page.getByRole('button', { name: 'Attiva' }).click()
  await state(page).getByText('In attesa di approvazione').waitFor()
})

test('a second person sees the same balance and approves', async () => {
  const page = people.carla
  await page.goto(`/flussi/${flow}/approva`)
  await page.getByText(sentence).waitFor()
  assert.deepEqual(await balance(page), PACKAGE)
  await axe(page, 'avviso-approvazione')
  await page.getByLabel('Per approvare, scrivi il numero dei destinatari').fill('3')
  await page.getByRole('button', { name: 'Approva', exact: true }).click()
  await state(page).getByText('Approvato').waitFor()
})

test('it is sent, and all of it arrives', async () => {
  const page = people.bruno
  await page.goto(`/flussi/${flow}/invia`)
  await page.getByText(`${sentence}da subito`).waitFor()
  assert.deepEqual(await balance(page), PACKAGE)
  await axe(page, 'avviso-invio')
  await page.goto(`/flussi/${flow}`)
  await send(page, '3')
  await eventually('every message is there', async () => {
    await page.goto(`/flussi/${flow}`)
    return (await tallies(page))['Disponibile su IO'] === 3
  })
  await axe(page, 'avviso-esiti')
  assert.equal((await house.stats()).messages, 3)
})

test('the results go back to the package, row by row, with what it wrote of each payment', async () => {
  const page = people.bruno
  const { sheets: [{ header, rows }] } = await downloaded(page,
    () => page.getByRole('link', { name: 'File dei risultati (Excel)', exact: true }).click())
  assert.deepEqual(header.slice(0, COLUMNS.length), COLUMNS)
  assert.deepEqual(rows.map((row) => COLUMNS.map((name) => text(row[name]))), ROWS, 'as the office wrote it, in its order')
  assert.deepEqual(rows.map((row) => text(row.Stato)).map((said) => said.replace(/^Riga scartata.*/, 'Riga scartata')),
    ['Disponibile su IO', 'Disponibile su IO', 'Riga scartata', 'Disponibile su IO'])
})
