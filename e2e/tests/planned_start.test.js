// A flow that starts by itself, and the ente's hours.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn, tabTo } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, upload, write } from '../support/compose.js'
import { startHouse } from '../support/program.js'

const MINUTE = 60_000

let house, browser, page, flow
before(async () => {
  house = await startHouse({
    operators: { ada: { rights: 'admin' }, bruno: { rights: 'compose,send', services: ['Tributi'] } },
  })
  browser = await launch()
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

/** A time of Rome's clocks, as a field for it is filled. */
const inRome = (at) => new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' }).slice(0, 16).replace(' ', 'T')
/** The same, as the page shows it. */
const shown = (at) => inRome(at).replace(/(\d+)-(\d+)-(\d+)T(.+)/, '$3/$2/$1 $4')

const plan = async (at, recipients = '291') => {
  await page.getByLabel('Giorno e ora').fill(inRome(at))
  await page.getByLabel('Per programmare, scrivi il numero dei destinatari').fill(recipients)
  await page.getByRole('button', { name: 'Programma l’invio' }).click()
}

test('a start is planned, shown, taken back', async () => {
  flow = await newFlow(page, { service: 'Tributi', description: 'Un avviso che parte da solo' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await activate(page)
  await tabTo(page, 'Programma l’invio')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/programma')
  await axe(page, 'programma-invio')
  await plan(Date.now() - 10 * MINUTE, '29')
  for (const label of ['Giorno e ora', 'Per programmare, scrivi il numero dei destinatari']) {
    assert.equal(await page.getByLabel(label).getAttribute('aria-invalid'), 'true', label)
  }
  await axe(page, 'programma-invio-errori')
  const later = Date.now() + 3 * 24 * 60 * MINUTE
  await plan(later)
  await page.getByText(`Programmato: ${shown(later)}`).waitFor()
  await axe(page, 'flusso-programmato')
  await page.goto('/flussi')
  assert.match(await page.locator('tbody tr').first().textContent(), /Attivo\s+Programmato: /)
  await axe(page, 'flussi-programmato')
  await page.goto(`/flussi/${flow}`)
  await page.getByRole('button', { name: 'Annulla la programmazione' }).click()
  await page.getByRole('link', { name: 'Programma l’invio' }).waitFor()
  assert.equal(await page.getByText('Programmato: ').count(), 0)
})

test('it starts by itself, and rests outside the hours of the ente', async () => {
  // All of today is closed.
  const ada = await open(browser, house.base)
  await signIn(ada, 'ada', house.passwords.ada)
  await ada.goto('/ente')
  await ada.getByLabel('Solo in questi orari e giorni').check()
  const day = (offset) => new Date(Date.now() + offset * 24 * 60 * MINUTE)
    .toLocaleDateString('it-IT', { weekday: 'long', timeZone: 'Europe/Rome' })
  for (const box of await ada.locator('.settings-days input').all()) await box.uncheck()
  await ada.getByLabel(day(3)).check()
  await ada.getByRole('button', { name: 'Salva' }).click()
  await ada.getByText('Le impostazioni sono salvate.').waitFor()

  await page.getByRole('link', { name: 'Programma l’invio' }).click()
  await page.getByText('Fuori da questi orari l’invio aspetta l’apertura.').waitFor()
  await plan((Math.floor(Date.now() / MINUTE) + 1) * MINUTE)
  await page.getByText('Programmato: ').waitFor()
  // Without reloading.
  await page.locator('.flow-state .state', { hasText: 'In invio' }).waitFor({ timeout: 2 * MINUTE })
  const rests = page.getByText(/fuori dagli orari di invio dell’ente: l’invio riprende da solo il .* 08:00/)
  await rests.waitFor()
  await axe(page, 'flusso-fuori-orario')
  assert.equal((await house.stats()).messages, 0)

  await ada.getByLabel('A qualunque ora, tutti i giorni').check()
  await ada.getByRole('button', { name: 'Salva' }).click()
  await ada.context().close()
  await page.locator('.flow-state .state', { hasText: /Invio incompleto/ }).waitFor({ timeout: 2 * MINUTE })
  await page.reload()
  assert.match(await page.locator('.timeline').textContent(), /Invio avviato, come programmato da bruno|Invio avviato, come programmato da Staffetta/)
})
