// Impostazioni dell'ente, Nodi, and an ente whose database was put back from a copy.
import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, send, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'

let house, browser, page
before(async () => {
  house = await startHouse({
    operators: { ada: { rights: 'admin' }, bruno: { rights: 'compose,send', services: ['Tributi'] } },
    quota: '150/5',
  })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})
const signedIn = async (name) => {
  const person = await open(browser, house.base)
  await signIn(person, name, house.passwords[name])
  return person
}
beforeEach(async () => {
  page = await signedIn('ada')
})
afterEach(async () => {
  await page.context().close()
})

const told = () => page.getByRole('main').getByRole('status').first().textContent()

test('others see neither settings nor nodes', async () => {
  const other = await signedIn('bruno')
  for (const name of ['Impostazioni dell’ente', 'Nodi']) {
    assert.equal(await other.getByRole('link', { name }).count(), 0)
    assert.equal(await page.getByRole('link', { name }).count(), 1)
  }
  for (const path of ['/ente', '/ente/fermo', '/nodi']) {
    assert.equal((await other.goto(path)).status(), 403, path)
  }
  await other.context().close()
})

test('settings are changed, with every fault at its field first, and the change is told', async () => {
  await page.getByRole('link', { name: 'Impostazioni dell’ente' }).click()
  await axe(page, 'impostazioni')
  await page.getByLabel('Chiamate', { exact: true }).fill('molte')
  await page.getByLabel('Quota lasciata ad altri programmi').fill('100')
  await page.getByLabel('Lunghezza minima del contenuto').fill('60')
  await page.getByLabel('Solo in questi orari e giorni').check()
  await page.getByLabel('Dalle').fill('21:00')
  await page.getByRole('button', { name: 'Salva' }).click()
  assert.match(await page.getByRole('alert').textContent(), /4 campi da correggere/)
  for (const label of ['Quota lasciata ad altri programmi', 'Lunghezza minima del contenuto', 'Dalle']) {
    assert.equal(await page.getByLabel(label).getAttribute('aria-invalid'), 'true', label)
  }
  await axe(page, 'impostazioni-errori')
  await page.getByLabel('Chiamate', { exact: true }).fill('150')
  await page.getByLabel('Quota lasciata ad altri programmi').fill('10')
  await page.getByLabel('Lunghezza minima del contenuto').fill('100')
  await page.getByLabel('A qualunque ora, tutti i giorni').check()
  await page.getByRole('button', { name: 'Salva' }).click()
  assert.match(await told(), /salvate/)
  const rows = await page.locator('tbody tr').allTextContents()
  assert.match(rows.join('\n'), /ada\s*Lunghezza minima del contenuto: 100[^]*ada\s*Quota lasciata ad altri programmi: 10%/)
  await axe(page, 'impostazioni-salvate')
  await page.setViewportSize({ width: 390, height: 800 })
  await axe(page, 'impostazioni-telefono')
})

test('the node that works the ente is shown', async () => {
  await page.getByRole('link', { name: 'Nodi' }).click()
  await eventually('the node is shown', async () => {
    await page.reload()
    return await page.getByText('si occupa di questo ente').count() > 0
  })
  assert.match(await page.locator('tbody tr').first().textContent(), /Invia/)
  await axe(page, 'nodi')
  await page.setViewportSize({ width: 390, height: 800 })
  await axe(page, 'nodi-telefono')
})

test('a database put back from a copy sends nothing until an administrator decides', async () => {
  const bruno = await signedIn('bruno')
  const flow = await newFlow(bruno, { service: 'Tributi', description: 'Un avviso e una copia' })
  await write(bruno, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(bruno, 'elenco-300.csv')
  await acceptGoodRows(bruno)
  await activate(bruno)
  await send(bruno, '291')
  await bruno.getByRole('button', { name: 'Pausa' }).click()
  await bruno.getByText('L’invio è in pausa').waitFor()
  const ready = await newFlow(bruno, { service: 'Tributi', description: 'Pronto prima della copia' })
  await write(bruno, { subject: 'TARI 2027: un altro avviso di pagamento' })
  await upload(bruno, 'elenco-300.csv')
  await acceptGoodRows(bruno)
  await activate(bruno)
  await bruno.context().close()
  // Stopped in order, all of the database is in one file.
  const [file, copy] = ['staffetta.db', 'copia.db'].map((name) => join(house.data, name))
  await house.program.stop()
  cpSync(file, copy)
  await house.start()
  await page.context().close()
  page = await signedIn('ada')
  await page.goto(`/flussi/${flow}`)
  const before = (await house.stats()).messages
  await page.getByRole('button', { name: 'Riprendi' }).click()
  await eventually('some more are sent', async () => (await house.stats()).messages > before + 20)
  await page.context().close()
  await house.program.stop()
  cpSync(copy, file)
  const received = (await house.stats()).messages
  await house.start()

  page = await signedIn('ada')
  await eventually('it is held', async () => {
    await page.goto(`/flussi/${flow}`)
    return await page.getByText('Decidi come riprendere').count() > 0
  })
  await axe(page, 'flusso-ente-fermo')
  const other = await signedIn('bruno')
  await other.goto('/notifiche')
  await other.getByText('Avvisa chi amministra Staffetta nel tuo ente.').waitFor()
  await axe(other, 'ente-fermo-operatore')
  await other.context().close()
  await page.goto(`/flussi/${flow}/interrompi`)
  await page.getByText('per ora non si può interrompere').waitFor()
  await page.getByRole('link', { name: 'Decidi come riprendere' }).click()
  await page.getByRole('link', { name: 'Pronto prima della copia' }).waitFor()
  await axe(page, 'ente-fermo')
  const word = page.getByLabel('Per confermare, scrivi: incerto')
  await word.fill('riprendi')
  await page.getByRole('button', { name: 'Segna come esito incerto e riprendi' }).click()
  await page.locator('[aria-invalid=true]').waitFor()
  await axe(page, 'ente-fermo-parola-sbagliata')
  await word.fill('incerto')
  await page.keyboard.press('Enter')
  assert.match(await told(), /notifiche sono diventate Esito incerto/)
  assert.equal(await page.getByText('Decidi come riprendere').count(), 0)
  await axe(page, 'ente-ripreso')
  await page.goto(`/flussi/${flow}`)
  assert.ok((await tallies(page))['Esito incerto'] > 200)
  // What was ready before the copy may have been sent after it.
  await page.goto(`/flussi/${ready}/invia`)
  await axe(page, 'invia-dopo-una-copia')
  await page.getByLabel('Per inviare, scrivi').fill('291')
  await page.locator('form[data-once]').evaluate((form) => { form.noValidate = true })
  await page.keyboard.press('Enter')
  await page.getByText('conferma di aver controllato').waitFor()
  await axe(page, 'invia-dopo-una-copia-non-confermato')
  assert.equal((await house.stats()).messages, received)
})
