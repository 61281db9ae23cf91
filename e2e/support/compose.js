// Composing a flow in the browser, as far as it is the same wherever it is not the subject.
import { readFileSync } from 'node:fs'

/** A file of examples/, by its name. */
export const example = (name) => new URL(`../../examples/${name}`, import.meta.url).pathname

/** The text of a payment notice, with the placeholders of the sample lists. */
export const noticeText = readFileSync(example('avviso-tari.md'), 'utf8')

/** Text as it is read: blanks and lines make no difference. */
export const plain = (text) => text.replace(/\s+/g, ' ').trim()

/** What a list of facts on the page says of this. */
export const fact = async (page, name) => {
  const term = page.locator('dt').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) })
  return plain(await term.locator('xpath=following-sibling::dd[1]').first().textContent())
}

/** From Gestione flussi to the compose page of a fresh payment flow; gives the flow's number. */
export const newFlow = async (page, { service, description }) => {
  await page.goto('/flussi/nuovo')
  await page.getByLabel('Servizio', { exact: true }).selectOption({ label: service })
  await page.getByLabel('Natura').selectOption({ label: 'Avviso di pagamento' })
  await page.getByLabel('Descrizione').fill(description)
  await page.getByRole('button', { name: 'Crea e prosegui' }).click()
  await page.waitForURL('**/componi')
  return Number(new URL(page.url()).pathname.split('/')[2])
}

/** Types the message, and waits until the draft is saved. */
export const write = async (page, { subject, markdown = noticeText }) => {
  await page.getByLabel('Oggetto').fill(subject)
  const saved = page.waitForResponse((answer) => {
    const sent = answer.request().postData()
    return answer.url().endsWith('/bozza') && answer.ok() && new URLSearchParams(sent).get('markdown').length > 100
  })
  await page.getByLabel('Contenuto').fill(markdown)
  await saved
}

/** Uploads the recipients, an example by its name or a file made up by the test, and waits for what was read. */
export const upload = async (page, file) => {
  await page.getByLabel('File dei destinatari').setInputFiles(typeof file === 'string' ? example(file) : file)
  await page.getByRole('button', { name: 'Carica' }).click()
  await page.getByText('Righe lette').waitFor()
}

/** Goes on with the good rows, once the page offers it. */
export const acceptGoodRows = async (page) => {
  await page.getByRole('button', { name: /^Prosegui con le/ }).click()
  await page.getByRole('link', { name: 'Vai alla quadratura' }).waitFor()
}

/** From the balance to a flow that can be sent. */
export const activate = async (page) => {
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByRole('heading', { level: 1, name: /Attiva il flusso/ }).waitFor()
  // What is asked depends on the list, and on the day: some due dates pass while the tests are kept.
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.locator('.flow-state .state', { hasText: 'Attivo' }).waitFor()
}

/** The whole way to the sending. */
export const send = async (page, recipients) => {
  await page.getByRole('link', { name: 'Invia', exact: true }).click()
  await page.getByLabel('Per inviare, scrivi il numero dei destinatari').fill(recipients)
  await page.getByRole('button', { name: 'Invia' }).click()
  await page.locator('.flow-state .state', { hasText: /In invio|Inviato|Invio incompleto/ }).waitFor()
}

/** The tallies by outcome on a flow's page: `{ 'Disponibile su IO': 250 }`. */
export const tallies = async (page) => {
  const told = await page.getByRole('list', { name: 'Notifiche per esito' }).getByRole('listitem').allTextContents()
  return Object.fromEntries(told.map((text) => {
    const [, count, words] = plain(text).match(/^([\d.]+) (.+)$/)
    return [words, Number(count.replaceAll('.', ''))]
  }))
}
