// From the text to the second person: buttons of the editor, formats, a copy of a flow, the approval, the counter.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { newFlow, plain, send, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'

const LIST = {
  name: 'tari.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`cf;nome;importo;scadenza;numero avviso
RSSMRA85T10A562S;MARIO ROSSI;1234,5;2098-12-15;301000000000000001
MRTMTT25D09F205Z;MATTEO MORETTI;7;15/01/2099;301000000000000002
`),
}
const TEXT = 'Gentile cittadina o cittadino, questo è l’avviso della tassa sui rifiuti: si paga qui sotto o in banca, alla posta o in tabaccheria. Lo sportello è aperto il lunedì mattina.\n\n'

let house, browser
const people = {}
before(async () => {
  house = await startHouse({
    operators: {
      ada: { rights: 'admin' },
      bruno: { rights: 'compose,send', services: ['Tributi'] },
      carla: { rights: 'send', services: ['Tributi'] },
    },
  })
  await house.run(['organization', 'set', '--approval-above', '1'])
  browser = await launch()
  for (const name of ['ada', 'bruno', 'carla']) {
    people[name] = await open(browser, house.base)
    await signIn(people[name], name, house.passwords[name])
  }
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const state = (page) => page.locator('.flow-state')
const preview = (page) => page.getByRole('article', { name: 'Il messaggio come lo vede il cittadino' })
let flow

test('the buttons write Markdown around what is selected, by mouse and by keyboard', async () => {
  const page = people.bruno
  flow = await newFlow(page, { service: 'Tributi', description: 'TARI con i formati' })
  await write(page, { subject: 'TARI 2026: il tuo avviso', markdown: TEXT })
  const text = page.getByLabel('Contenuto')
  const select = (words) => text.evaluate((field, part) => {
    const start = field.value.indexOf(part)
    field.focus()
    field.setSelectionRange(start, start + part.length)
  }, words)
  await select('tassa sui rifiuti')
  await page.getByRole('button', { name: 'Grassetto' }).click()
  await select('si paga qui sotto')
  await text.press('Control+i')
  assert.match(await text.inputValue(), /\*\*tassa sui rifiuti\*\*: _si paga qui sotto_/)
  await text.press('Control+z')
  assert.match(await text.inputValue(), /: si paga qui sotto o in banca/, 'it can be undone')

  // One stop of the Tab key; arrows lead through the buttons.
  const toolbar = page.getByRole('toolbar', { name: 'Aspetto del testo' })
  assert.equal(await toolbar.locator('button[tabindex="-1"]').count(), 5)
  await page.getByRole('button', { name: 'Grassetto' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Titolo')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Collegamento')
  await text.evaluate((field) => field.setSelectionRange(field.value.length, field.value.length))
  await page.getByRole('button', { name: 'Elenco', exact: true }).click()
  assert.match(await text.inputValue(), /- $/)
  await axe(page, 'editor-bottoni')
})

test('a placeholder is put into the text in a format', async () => {
  const page = people.bruno
  await upload(page, LIST)
  const text = page.getByLabel('Contenuto')
  const put = async (column, format) => {
    await page.getByLabel('Come scrivere il prossimo segnaposto').selectOption({ label: format })
    await page.getByRole('button', { name: `{{${column}}}` }).click()
  }
  await text.focus()
  await text.evaluate((field) => field.setSelectionRange(field.value.length, field.value.length))
  await put('importo', 'importo: 1.234,56 €')
  await page.keyboard.type(' entro il ')
  await put('scadenza', 'data estesa: 15 dicembre 2026')
  await page.keyboard.type(', ')
  await put('nome', 'Iniziali Maiuscole')
  assert.match(await text.inputValue(), /- \{\{importo \| euro\}\} entro il \{\{scadenza \| data_estesa\}\}, \{\{nome \| iniziali_maiuscole\}\}$/)
  assert.equal(await page.getByLabel('Come scrivere il prossimo segnaposto').inputValue(), '', 'one at a time')
  await preview(page).getByText('1.234,50 € entro il 15 dicembre 2098, Mario Rossi').waitFor()
  await page.locator('#preview-next').click()
  await preview(page).getByText('7,00 € entro il 15 gennaio 2099, Matteo Moretti').waitFor()
  await axe(page, 'editor-formati')
})

test('who activated it waits for somebody else, who looks and approves', async () => {
  const { bruno, carla } = people
  await bruno.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await bruno.getByRole('button', { name: 'Attiva' }).click()
  await state(bruno).getByText('In attesa di approvazione').waitFor()
  await axe(bruno, 'approvazione-attesa')
  assert.equal(await bruno.getByRole('link', { name: 'Invia', exact: true }).count(), 0)
  await bruno.getByRole('link', { name: 'Controlla e approva' }).click()
  await bruno.getByText('Hai attivato tu questo flusso').waitFor()

  await carla.goto(`/flussi/${flow}`)
  await carla.getByRole('link', { name: 'Controlla e approva' }).click()
  await carla.getByText('bruno ha attivato questo flusso').waitFor()
  await axe(carla, 'approvazione')
  await carla.getByLabel('Per approvare, scrivi il numero dei destinatari').fill('3')
  await carla.getByRole('button', { name: 'Approva', exact: true }).click()
  await carla.locator('#recipients-fault').waitFor()
  await axe(carla, 'approvazione-numero-sbagliato')
  await carla.getByLabel('Per approvare, scrivi il numero dei destinatari').fill('2')
  await carla.getByRole('button', { name: 'Approva', exact: true }).click()
  await state(carla).getByText('Approvato').waitFor()
  await bruno.goto(`/flussi/${flow}`)
  await send(bruno, '2')
  await eventually('both are with IO', async () => (await house.stats()).messages === 2)
})

test('a flow is duplicated without its people', async () => {
  const page = people.bruno
  await page.goto(`/flussi/${flow}`)
  await page.getByRole('button', { name: 'Duplica' }).click()
  await page.waitForURL('**/componi')
  assert.equal(await page.getByLabel('Descrizione').inputValue(), 'Copia di TARI con i formati')
  assert.match(await page.getByLabel('Contenuto').inputValue(), /\{\{importo \| euro\}\}/)
  await page.getByText('Carica il file dei destinatari').first().waitFor()
})

test('at the counter everything to a person is found, and the search is recorded', async () => {
  const { ada, carla } = people
  await carla.getByRole('link', { name: 'Cosa ha ricevuto' }).click()
  await axe(carla, 'cosa-ha-ricevuto')
  await carla.getByLabel('Codice fiscale').fill('rssmra85t10a562s')
  await carla.getByRole('button', { name: 'Cerca' }).click()
  await carla.getByRole('link', { name: 'TARI 2026: il tuo avviso' }).waitFor()
  assert.ok(!carla.url().includes('RSS'), carla.url())
  await axe(carla, 'cosa-ha-ricevuto-trovato')
  await carla.getByRole('link', { name: 'TARI 2026: il tuo avviso' }).click()
  await preview(carla).getByText('15 dicembre 2098').waitFor()

  await ada.goto('/ente')
  await ada.getByRole('link', { name: 'Registro delle consultazioni' }).click()
  await ada.getByRole('cell', { name: 'carla' }).waitFor()
  await axe(ada, 'consultazioni')
  await ada.getByLabel('Chi ha cercato il codice fiscale').fill('MRTMTT25D09F205Z')
  await ada.getByRole('button', { name: 'Elenca' }).click()
  assert.match(plain(await ada.locator('main').textContent()), /Nessuno ha cercato questa persona/)
})
