// Who may only look is offered nothing else, and a typed address opens nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { startHouse } from '../support/program.js'

let house, browser
before(async () => {
  house = await startHouse({ operators: { clara: { rights: 'look', services: ['Tributi', 'Anagrafe'] } } })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

test('no Nuovo, and the typed compose address answers 403', async () => {
  const page = await open(browser, house.base)
  await signIn(page, 'clara', house.passwords.clara)
  await page.goto('/flussi')
  assert.equal(await page.getByRole('link', { name: /Nuovo/ }).count(), 0)
  await axe(page, 'consulta-flussi')
  await page.goto('/notifiche')
  assert.equal(await page.getByRole('link', { name: /Nuovo/ }).count(), 0)
  await axe(page, 'consulta-archivio')
  for (const path of ['/flussi/nuovo', '/notifiche/nuova', '/servizi']) {
    assert.equal((await page.goto(path)).status(), 403, path)
    assert.match(await page.getByRole('main').textContent(), /Non sei abilitato/)
    assert.equal(await page.locator('main form').count(), 0)
  }
  await axe(page, 'non-abilitato')
  await page.getByRole('link', { name: 'Torna alla prima pagina' }).click()
  await page.waitForURL('**/flussi')
  await page.context().close()
})

test('nor does sending the forms by hand', async () => {
  const page = await open(browser, house.base)
  await signIn(page, 'clara', house.passwords.clara)
  for (const [path, form] of [
    ['/flussi/nuovo', { service: '1', nature: '1', description: 'Di nascosto' }],
    ['/notifiche/nuova', { service: '1', fiscal_code: 'LTTMME92P66M919R', form_token: 'x' }],
  ]) {
    const answer = await page.context().request.post(path, { form, headers: { origin: house.base, 'sec-fetch-site': 'same-origin' } })
    assert.equal(answer.status(), 403, path)
    assert.match(await answer.text(), /Non sei abilitato/, path)
  }
  const stats = await house.stats()
  assert.equal(stats.messages, 0)
  await page.context().close()
})
