// A list of GovIO's with several days of sending becomes a flow for each, planned for its day.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { fact, newFlow, plain, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'

const TRACE = {
  name: 'traccia.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`taxcode,expedition_date,due_date,notice_number,amount,nome
RSSMRA85T10A562S,2098-01-13T10:00:00,2098-12-03T10:15:30,301000000000000001,1999,Mario
MRTMTT25D09F205Z,2098-01-06T00:00:00,2098-12-03T10:15:30,301000000000000002,250,Matteo
LTTMME92P66M919R,2098-01-13T10:00:00,2098-12-03T10:15:30,301000000000000003,300,Emma
`),
}

let house, browser, page, flow
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

/** The cells of a table's body, row by row. */
const lines = async (table) => {
  const rows = await table.locator('tbody tr').all()
  return Promise.all(rows.map(async (row) => (await row.locator('th, td').allTextContents()).map(plain)))
}

test('the days of sending are counted, and the flow is divided with one button', async () => {
  flow = await newFlow(page, { service: 'Tributi', description: 'Rate 2098' })
  await write(page, {
    subject: 'Avviso di pagamento',
    markdown: 'Gentile {{nome}}, questo è il tuo avviso di pagamento: si paga qui sotto, in banca, alla posta o in tabaccheria, entro la scadenza.',
  })
  await upload(page, TRACE)
  await page.getByRole('heading', { name: 'Questo elenco ha 2 date di spedizione' }).waitFor()
  const days = page.getByRole('table', { name: 'Date di spedizione e destinatari di ciascuna' })
  assert.deepEqual(await lines(days), [['06/01/2098', '1'], ['13/01/2098 10:00', '2']])
  await axe(page, 'date-spedizione')

  // To send it all together is possible, and told.
  await page.goto(`/flussi/${flow}/attiva`)
  await page.getByText('l’elenco ha 2 date di spedizione, ma il flusso parte tutto insieme').waitFor()
  await page.goto(`/flussi/${flow}/componi`)
  await page.getByRole('button', { name: 'Dividi in 2 flussi' }).click()
  await page.getByRole('heading', { level: 1, name: 'Il flusso è diviso in 2' }).waitFor()
  assert.deepEqual(await lines(page.getByRole('table')), [
    [`${flow}`, 'Rate 2098 – spedizione 06/01/2098'], [`${flow + 1}`, 'Rate 2098 – spedizione 13/01/2098 10:00'],
  ])
  await axe(page, 'date-diviso')
})

test('each part has its rows, and is planned for its day when it is activated', async () => {
  for (const [part, recipients, at] of [[flow, '1', '06/01/2098 09:00'], [flow + 1, '2', '13/01/2098 10:00']]) {
    await eventually('it is read', async () => {
      await page.goto(`/flussi/${part}/componi`)
      return page.getByRole('link', { name: 'Vai alla quadratura' }).isVisible()
    })
    await page.getByText(`Data di spedizione: ${at.replace(' 09:00', '')}.`).waitFor()
    await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
    assert.equal(await fact(page, 'Destinatari, cioè messaggi'), recipients)
    const planned = page.getByRole('checkbox', { name: `Programma l’invio per il ${at}` })
    assert.ok(await planned.isChecked())
    await axe(page, `date-attiva-${recipients}`)
    await page.getByRole('button', { name: 'Attiva' }).click()
    await page.getByText(`L’invio partirà da solo il ${at}`).waitFor()
    await axe(page, `date-programmato-${recipients}`)
  }
})

test('a day that has passed is asked about', async () => {
  await newFlow(page, { service: 'Tributi', description: 'Una data passata' })
  await page.getByLabel('Natura').selectOption({ label: 'Informativo' })
  await write(page, {
    subject: 'Avviso di servizio',
    markdown: 'Lo sportello tributi resta chiuso per lavori dal 3 al 7 gennaio: per le urgenze si può scrivere o telefonare come sempre.',
  })
  await upload(page, {
    name: 'passata.csv', mimeType: 'text/csv', buffer: Buffer.from('taxcode,expedition_date\nRSSMRA85T10A562S,2020-01-06T10:00:00\n'),
  })
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.getByText('serve la tua conferma').waitFor()
  await axe(page, 'date-passata')
  await page.getByRole('checkbox', { name: /L’inizio previsto dal file \(06\/01\/2020 10:00\) è già passato/ }).check()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.locator('.flow-state .state', { hasText: 'Attivo' }).waitFor()
  assert.equal(await page.getByText('L’invio partirà da solo').count(), 0)
})
