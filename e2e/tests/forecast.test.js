// Verifica raggiungibilità: before the sending it is known who can be written to, and the sending asks nobody again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, fact, newFlow, upload, write } from '../support/compose.js'
import { startHouse } from '../support/program.js'
import { downloaded, text } from '../support/workbook.js'

let house, browser, page
before(async () => {
  house = await startHouse({
    operators: {
      bruno: { rights: 'compose,send', services: ['Tributi'] },
      carla: { rights: 'look', services: ['Tributi'] },
    },
  })
  browser = await launch()
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const facts = async () => ({
  reachable: Number(await fact(page, 'Raggiungibili')),
  off: Number(await fact(page, 'Usano IO, ma hanno disattivato questo servizio')),
  absent: Number(await fact(page, 'Non usano IO')),
})

test('a forecast is asked for before the sending, and the sending relies on it', async () => {
  const flow = await newFlow(page, { service: 'Tributi', description: 'Prima si guarda' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await page.goto(`/flussi/${flow}`)
  assert.match(await fact(page, 'Raggiungibilità'), /^non verificata/)
  await page.getByRole('link', { name: 'Verifica raggiungibilità' }).click()
  await axe(page, 'raggiungibilita-da-chiedere')
  await page.getByRole('button', { name: 'Verifica raggiungibilità' }).click()
  // Without reloading.
  await page.getByRole('button', { name: 'Verifica di nuovo' }).waitFor()
  await axe(page, 'raggiungibilita')
  const { reachable, off, absent } = await facts()
  assert.equal(reachable + off + absent, 291)
  assert.ok(reachable > 0 && off > 0 && absent > 0)
  const { name, sheets } = await downloaded(page, () =>
    page.getByRole('link', { name: 'Scarica l’elenco dei non raggiungibili' }).click())
  assert.equal(name, `flusso-${flow}-non-raggiunti.xlsx`)
  const [{ rows, header }] = sheets
  // Whom nobody could write to stands there, too: they need another way as well.
  const [leftOut, asked] = [true, false].map((left) => rows.filter((row) => text(row.Stato).startsWith('Riga scartata') === left))
  assert.deepEqual([leftOut.length, asked.length], [8, off + absent])
  assert.ok(header.includes('Indirizzo'), 'with the columns of the office')
  assert.ok(asked.every((row) => /non usa l’app IO|ha disattivato/.test(text(row.Motivo))))

  await page.goto(`/flussi/${flow}/componi`)
  await activate(page)
  await page.getByRole('link', { name: 'Invia', exact: true }).click()
  assert.match(await fact(page, 'Raggiungibilità'), new RegExp(`^${reachable} raggiungibili di 291 `))
  await page.getByLabel('Per inviare, scrivi il numero dei destinatari').fill('291')
  await page.getByRole('button', { name: 'Invia' }).click()
  await page.locator('.flow-state .state', { hasText: 'Invio incompleto' }).waitFor()
  await page.getByText(`${off + absent} non raggiungibili`).waitFor()
  const stats = await house.stats()
  assert.equal(stats.accounts[0].calls.profiles, 291, 'the sending asked nobody again')
})

test('who only looks sees the forecast and asks for none', async () => {
  const carla = await open(browser, house.base)
  await signIn(carla, 'carla', house.passwords.carla)
  await carla.goto('/flussi/1/raggiungibilita')
  await carla.getByText('Raggiungibili', { exact: true }).waitFor()
  assert.equal(await carla.getByRole('button', { name: /Verifica/ }).count(), 0)
  await axe(carla, 'raggiungibilita-consulta')
})
