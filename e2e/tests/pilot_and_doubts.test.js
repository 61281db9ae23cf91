// The first 20 and then the rest; a power cut that leaves doubts, and the people who decide on them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn, tabTo } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, plain, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'

const RECIPIENTS = 291
const LONG = { give: 240_000, every: 100 }

let house, browser, page, flow
before(async () => {
  house = await startHouse({
    operators: {
      bruno: { rights: 'compose,send', services: ['Tributi'] },
      clara: { rights: 'look', services: ['Tributi'] },
    },
    // Slow answers, so that a power cut finds calls on the wire.
    simulator: ['--latency-ms', '400'],
    environment: { STAFFETTA_IN_FLIGHT: '8' },
  })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const signedIn = async (name) => {
  const other = await open(browser, house.base)
  await signIn(other, name, house.passwords[name])
  return other
}
const state = () => page.locator('.flow-state .state').textContent()
const uncertain = async () => (await tallies(page))['Esito incerto'] ?? 0

test('the first 20 are sent by their number, and then it waits', async () => {
  page = await signedIn('bruno')
  flow = await newFlow(page, { service: 'Tributi', description: 'Un avviso, prima ai primi venti' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await activate(page)
  await axe(page, 'flusso-attivo')
  await tabTo(page, 'Invia i primi 20 e fermati')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/primi')
  await axe(page, 'primi-venti')
  const field = page.getByLabel('Per inviare, scrivi a quanti destinatari: 20')
  await field.fill('291')
  await page.keyboard.press('Enter')
  await page.locator('[aria-invalid=true]').waitFor()
  await axe(page, 'primi-venti-numero-sbagliato')
  await field.fill('20')
  await page.keyboard.press('Enter')
  await page.getByText('Solo i primi 20').waitFor()
  // Without reloading.
  await page.getByText(/I primi 20 sono partiti: /).waitFor()
  await page.getByText('In pausa', { exact: true }).waitFor()
  assert.equal((await tallies(page))['Da inviare'], RECIPIENTS - 20)
  assert.match(await page.getByText(/I primi 20 sono partiti/).textContent(), /inviare agli altri 271/)
  await axe(page, 'flusso-primi-venti')
})

test('a status is asked for by a button', async () => {
  const verify = page.getByRole('button', { name: 'Verifica stato' })
  if (await verify.count() > 0) {
    await verify.click()
    await page.getByText(/A IO si chiede adesso|Non c'è niente da chiedere/).waitFor()
    await axe(page, 'flusso-verifica')
  }
})

test('what a power cut leaves in doubt is decided on, one by one and all together', async () => {
  await page.getByRole('button', { name: 'Riprendi' }).click()
  await page.getByRole('button', { name: 'Pausa' }).waitFor()
  const before = (await house.stats()).messages
  await eventually('some are received', async () => (await house.stats()).messages > before + 30, LONG)
  await page.context().close()
  await house.cut()
  await house.start()
  page = await signedIn('bruno')
  await page.goto(`/flussi/${flow}`)
  await eventually(async () => `it ends: ${await state()}`, async () => (await state()) === 'Invio incompleto', LONG)
  const doubts = await uncertain()
  assert.ok(doubts > 1 && doubts <= 17, `${doubts} are uncertain`)
  await axe(page, 'flusso-esiti-incerti')

  // Who may only look is offered nothing.
  const clara = await signedIn('clara')
  await clara.goto(`/flussi/${flow}`)
  assert.equal(await clara.getByRole('link', { name: /incerte/ }).count(), 0)
  assert.equal((await clara.goto(`/flussi/${flow}/decidi/reinvia`)).status(), 403)
  await clara.context().close()

  await page.goto(`/flussi/${flow}?stato=uncertain`)
  await page.locator('.table-notifications tbody tr').first().locator('td').first().dblclick()
  await page.waitForURL('**/notifiche/*')
  await axe(page, 'notifica-da-decidere')
  const notification = page.url()
  await tabTo(page, 'Considera inviata')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/considera-inviata')
  await axe(page, 'considera-inviata')
  // Another person is quicker.
  const other = await signedIn('bruno')
  await other.goto(page.url())
  await other.getByLabel('Perché').fill('il cittadino l’ha mostrata allo sportello')
  await other.getByRole('button', { name: 'Considera inviata' }).click()
  await other.getByText('Deciso: la notifica è considerata inviata.').waitFor()
  await axe(other, 'notifica-considerata-inviata')
  await other.context().close()
  await page.getByLabel('Perché').fill('lo dice il registro')
  await page.getByRole('button', { name: 'Considera inviata' }).click()
  assert.match(await page.getByRole('alert').textContent(), /qualcun altro ha già deciso/)
  assert.match(plain(await page.locator('.timeline').textContent()), /considerare inviato da bruno · perché: il cittadino/)
  await axe(page, 'notifica-gia-decisa')
  assert.equal(new URL(notification).pathname, new URL(page.url()).pathname.replace(/\/decidi.*/, ''))

  await page.goto(`/flussi/${flow}`)
  const left = await uncertain()
  assert.equal(left, doubts - 1)
  await page.getByRole('link', { name: 'Reinvia le incerte' }).click()
  await axe(page, 'reinvia-incerte')
  const count = page.getByLabel('Per confermare, scrivi il numero delle notifiche con esito incerto')
  await page.getByLabel('Perché').fill('è mancata la corrente')
  await count.fill(String(left + 1))
  await page.getByRole('button', { name: 'Reinvia le incerte' }).click()
  await page.locator('[aria-invalid=true]').waitFor()
  await axe(page, 'reinvia-incerte-numero-sbagliato')
  await count.fill(String(left))
  await page.getByRole('button', { name: 'Reinvia le incerte' }).click()
  await page.getByText(/viene inviata di nuovo|vengono inviate di nuovo/).waitFor()
  await eventually(async () => `it ends again: ${await state()}`, async () => (await state()) === 'Invio incompleto', LONG)
  // The one whose answer is always lost.
  assert.ok(await uncertain() <= 1)
  assert.match(plain(await page.locator('.timeline').textContent()), /notific(a|he), perché: è mancata la corrente/)
  await page.setViewportSize({ width: 390, height: 800 })
  await axe(page, 'flusso-deciso-telefono')
  await page.context().close()
})
