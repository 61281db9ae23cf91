// The simulator's own pages: what a citizen would have received. Their policy allows all that they need.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open } from '../support/browser.js'
import { startHouse } from '../support/program.js'

let house, browser
before(async () => {
  house = await startHouse()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

test('a code leads to its inbox, a wrong one is told', async () => {
  const page = await open(browser, new URL(house.io).origin)
  await page.goto('/')
  await axe(page, 'simulatore')
  await page.getByLabel('Codice fiscale').fill('RSSMRA')
  await page.getByRole('button', { name: 'Mostra i messaggi ricevuti' }).click()
  assert.match(await page.getByRole('alert').textContent(), /RSSMRA.*16 caratteri/)
  await axe(page, 'simulatore-codice-sbagliato')
  await page.getByLabel('Codice fiscale').fill('lttmme92p66m919r')
  await page.getByRole('button', { name: 'Mostra i messaggi ricevuti' }).click()
  await page.waitForURL('**/inbox/LTTMME92P66M919R')
  assert.equal(await page.getByRole('article').count(), 0)
  await axe(page, 'simulatore-nessun-messaggio')
  await page.goto('/_simulator/stats')
  await page.context().close()
})
