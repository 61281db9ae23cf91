// Correggi e reinvia: a row that went wrong is opened, put right, sent again, and received once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, plain, upload, write } from '../support/compose.js'
import { startHouse } from '../support/program.js'

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

/** The fiscal code of the first notification of the flow in a state. */
const first = async (state) => {
  await page.goto(`/flussi/${flow}?stato=${state}`)
  return plain(await page.locator('tbody tr').first().locator('.code').textContent())
}

test('a person who was not reached gets the message at the right fiscal code', async () => {
  flow = await newFlow(page, { service: 'Tributi', description: 'Un codice da correggere' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await activate(page)
  await page.getByRole('link', { name: 'Invia', exact: true }).click()
  await page.getByLabel('Per inviare, scrivi il numero dei destinatari').fill('291')
  await page.getByRole('button', { name: 'Invia' }).click()
  await page.locator('.flow-state .state', { hasText: 'Invio incompleto' }).waitFor()

  await page.locator('.tally a', { hasText: 'Disponibile su IO' }).waitFor()
  const reached = await first('delivered')
  const wrong = await first('unreachable')
  await page.locator('tbody tr').first().dblclick()
  await page.getByRole('link', { name: 'Correggi e reinvia' }).click()
  assert.equal(await page.getByLabel('Codice Fiscale').inputValue(), wrong)
  await axe(page, 'correggi')
  await page.getByLabel('Codice Fiscale').fill('RSSMRA')
  await page.getByRole('button', { name: 'Correggi e reinvia' }).click()
  await page.getByText('Non è stato inviato niente').waitFor()
  assert.equal(await page.getByLabel('Codice Fiscale').getAttribute('aria-invalid'), 'true')
  await axe(page, 'correggi-errori')
  // Somebody who has a message of this flow already: it is asked whether both are meant.
  await page.getByLabel('Codice Fiscale').fill(reached)
  await page.getByRole('button', { name: 'Correggi e reinvia' }).click()
  await page.getByText('c’è già un altro messaggio per questa persona').waitFor()
  await axe(page, 'correggi-altra-riga')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Correggi e reinvia' }).click()
  await page.getByText('La notifica torna da inviare').waitFor()
  await page.getByText('Dati corretti e notifica reinviata').waitFor()
  await page.locator('.outcome .state', { hasText: /Accettata da IO|Disponibile su IO/ }).waitFor()
  await axe(page, 'corretta')
  const inbox = await open(browser, new URL(house.io).origin)
  await inbox.goto(`/inbox/${reached}`)
  await inbox.getByRole('article').nth(1).waitFor()
  assert.equal(await inbox.getByRole('article').count(), 2)
})

test('those of one outcome are sent again by their number', async () => {
  await page.goto(`/flussi/${flow}`)
  await page.getByRole('link', { name: 'Reinvia i non riusciti' }).click()
  await axe(page, 'reinvia-non-riusciti')
  const choice = page.getByRole('radio', { name: /Questa persona non usa l’app IO/ })
  const count = (await page.locator('label', { hasText: 'Questa persona non usa l’app IO' }).textContent()).split(' ')[0]
  await page.getByLabel('Per reinviare, scrivi quante sono').fill(count)
  await page.getByRole('button', { name: 'Reinvia i non riusciti' }).click()
  await page.getByText('Scegli quali notifiche reinviare').waitFor()
  await axe(page, 'reinvia-non-riusciti-errori')
  await choice.check()
  await page.getByRole('button', { name: 'Reinvia i non riusciti' }).click()
  await page.waitForURL('**/flussi/*?fatto=reinviate*')
  await page.getByText('Non riusciti reinviati').waitFor()
  // Whoever is not on IO still is not.
  await page.locator('.flow-state .state', { hasText: 'Invio incompleto' }).waitFor()
})
