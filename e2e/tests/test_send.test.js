// Which message is looked at, the copy by e-mail, the profile, and a test to oneself before anybody gets anything.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, plain, tallies, upload, write } from '../support/compose.js'
import { startHouse } from '../support/program.js'

// A person of the sample list whom the simulator delivers to; here the operator's own code.
const OWN = 'MRTMTT25D09F205Z'
const NEW_PASSWORD = 'un’altra frase abbastanza lunga'

let house, browser, page, flow, shown
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

const preview = () => page.locator('#preview')
const which = () => preview().locator('.compose-which')
const message = () => page.getByRole('article', { name: 'Il messaggio come lo vede il cittadino' })
const units = async () => Number(plain(await preview().locator('.compose-counts li').nth(1).textContent()).match(/: ([\d.]+) /)[1].replaceAll('.', ''))

test('the preview leads to the longest, the shortest and whom is looked for', async () => {
  flow = await newFlow(page, { service: 'Tributi', description: 'Una prova prima di tutto' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-300.csv')
  await acceptGoodRows(page)
  await which().getByText('Destinatario 1 di 291').waitFor()
  const code = plain(await which().locator('.code').textContent())
  const turn = async (name) => {
    const before = await which().textContent()
    await page.getByRole('link', { name, exact: true }).click()
    await page.waitForFunction((text) => document.querySelector('.compose-which')?.textContent !== text, before)
    return units()
  }
  const longest = await turn('Il più lungo')
  assert.equal(await page.getByRole('link', { name: 'Il più lungo' }).count(), 0)
  const shortest = await turn('Il più corto')
  assert.ok(shortest < longest, `${shortest} and ${longest}`)
  const field = page.getByLabel('Codice fiscale o numero del destinatario')
  await field.fill('292')
  await field.press('Enter')
  await page.getByText('Scrivi un numero da 1 a 291').waitFor()
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  await axe(page, 'anteprima-non-trovato')
  await field.fill('12')
  await field.press('Enter')
  await which().getByText('Destinatario 12 di 291').waitFor()
  await field.fill(code.toLowerCase())
  await page.getByRole('button', { name: 'Cerca', exact: true }).click()
  await which().getByText('Destinatario 1 di 291').waitFor()
  assert.ok(!page.url().includes(code) && !page.url().includes(code.toLowerCase()))
  const email = page.getByRole('region', { name: 'La copia per e-mail' })
  assert.match(plain(await email.locator('.body').textContent()), /^Gentile .*\.\.\.$/)
  assert.doesNotMatch(await email.textContent(), /\*\*/)
  await axe(page, 'anteprima')
})

test('a placeholder stands beside a real value, and is put in with a format', async () => {
  await page.getByText('Come si scrivono i valori del tuo file').click()
  const written = page.getByRole('list', { name: 'Come si scrivono i valori del tuo file' })
  await written.getByText('30 aprile 2027').waitFor()
  await axe(page, 'segnaposto-esempi')
  const text = page.getByLabel('Contenuto')
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/bozza') && answer.ok())
  await written.getByRole('button', { name: '{{Scadenza | data_estesa}}' }).click()
  assert.ok((await text.inputValue()).includes('{{Scadenza | data_estesa}}'))
  await saved
})

test('who has no fiscal code is led to the profile, and back to the test', async () => {
  await page.goto(`/flussi/${flow}/componi`)
  // The text is another since: the list is checked with it first.
  await page.getByRole('button', { name: "Controlla l'elenco" }).click()
  await acceptGoodRows(page)
  await page.getByRole('link', { name: 'Invia una prova a me' }).click()
  await page.getByText('serve il tuo codice fiscale').waitFor()
  await axe(page, 'prova-senza-codice')
  await page.getByRole('link', { name: 'Vai al tuo profilo' }).click()
  await page.getByRole('textbox', { name: 'Codice fiscale' }).fill('MRTMTT25D09F205X')
  await page.getByRole('button', { name: 'Salva e torna alla prova' }).click()
  await page.locator('#fiscal-code-fault').waitFor()
  await axe(page, 'profilo-errore')
  await page.getByRole('textbox', { name: 'Codice fiscale' }).fill(OWN)
  await page.getByRole('button', { name: 'Salva e torna alla prova' }).click()
  await page.getByText('arriva subito, con IO, sul tuo telefono').waitFor()
  assert.equal(await message().locator('.pay').count(), 0, 'nobody pays another’s notice')
  shown = { subject: await message().getByRole('heading', { level: 2 }).textContent(), body: plain(await message().locator('.body').innerText()) }
  await axe(page, 'prova')
})

test('the test arrives once, marked, and the flow does not count it', async () => {
  await page.getByRole('button', { name: 'Invia la prova' }).dblclick()
  await page.getByText('La prova è in coda').waitFor()
  const number = new URL(page.url()).pathname.split('/')[2]
  await page.locator('.outcome .state', { hasText: 'Disponibile su IO' }).waitFor()
  await page.locator('h1 .test-badge', { hasText: 'Prova' }).waitFor()
  await axe(page, 'prova-inviata')
  const inbox = await open(browser, new URL(house.io).origin)
  await inbox.goto(`/inbox/${OWN}`)
  const got = inbox.getByRole('article')
  assert.equal(await got.count(), 1)
  assert.equal(plain(await got.getByRole('heading', { level: 2 }).textContent()), plain(shown.subject))
  assert.equal(plain(await got.locator('.body').innerText()), shown.body)
  assert.equal(await got.locator('.payment').count(), 0)

  await page.goto('/notifiche')
  await page.getByLabel('Solo le prove interne').check()
  await page.getByRole('button', { name: 'Elenca' }).click()
  const rows = page.locator('tbody tr')
  await rows.first().waitFor()
  assert.equal(await rows.count(), 1)
  assert.equal(await rows.locator('.test-badge').count(), 1)
  assert.ok((await rows.locator('a').first().getAttribute('href')).endsWith(number))
  await axe(page, 'archivio-prove')

  await page.goto(`/flussi/${flow}/componi`)
  await activate(page)
  await page.getByText('Prova inviata a sé stessi').waitFor()
  assert.equal((await tallies(page))['Da inviare'], 291)
  await page.getByRole('link', { name: 'Invia una prova a me' }).waitFor()
  await axe(page, 'flusso-attivo-con-prova')
})

test('the password is changed, and other browsers sign in again', async () => {
  const other = await open(browser, house.base)
  await signIn(other, 'bruno', house.passwords.bruno)
  await page.getByRole('link', { name: 'bruno' }).click()
  await page.getByText('Hai fatto l’accesso anche in altri browser').waitFor()
  await axe(page, 'profilo')
  await page.getByLabel('Password di adesso').fill(house.passwords.bruno)
  await page.getByLabel('Nuova password', { exact: true }).fill(NEW_PASSWORD)
  await page.getByLabel('Nuova password, un’altra volta').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Cambia la password' }).click()
  await page.getByText('La password è cambiata').waitFor()
  await other.goto('/profilo')
  await other.waitForURL('**/accedi**')
  await signIn(other, 'bruno', NEW_PASSWORD)
  await other.goto('/profilo')
  await other.getByRole('heading', { level: 1, name: 'Il tuo profilo' }).waitFor()
})
