// The buttons of a message, and what is pointed out while it is written.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { newFlow, plain, send, upload, write } from '../support/compose.js'
import { startHouse } from '../support/program.js'

// Of the examples: the simulator, with its own seed, has this person on IO.
const PERSON = 'LTTMME92P66M919R'
const LIST = {
  name: 'carta.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`codice fiscale;nome;pratica\n${PERSON};Emma;12/A "bis"\nRSSMRA85T10A562S;Mario;13\n`),
}
const TEXT = 'Gentile {{nome}}, il suo documento scade tra poco: può rinnovarlo in municipio, con o senza appuntamento, tutte le mattine e il martedì pomeriggio.'

let house, browser, page
before(async () => {
  house = await startHouse({ operators: { bruno: { rights: 'compose,send,single', services: ['Tributi'] } } })
  browser = await launch()
  page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const saved = () => page.waitForResponse((answer) => answer.url().endsWith('/bozza') && answer.ok())
const type = async (label, text) => {
  const done = saved()
  await label.fill(text)
  await done
}
const one = (number) => page.getByRole('group', { name: `Pulsante ${number}` })
const preview = (page) => page.locator('#preview')

test('buttons are written by form, told where they are wrong, and reach the phone with each row\'s values', async () => {
  await newFlow(page, { service: 'Tributi', description: 'Carte in scadenza' })
  await page.getByLabel('Natura').selectOption({ label: 'Informativo' })
  await write(page, { subject: 'Il suo documento sta per scadere', markdown: TEXT })
  await page.getByText('Pulsanti sotto il messaggio').click()
  await type(one(1).getByLabel('Scritta', { exact: true }), 'Prenota per {{nome}}')
  await preview(page).getByText('Pulsante 1: non si sa dove porta.').waitFor()
  await type(one(1).getByLabel('Indirizzo, numero o testo'), 'https://{{pratica}}.example.it/')
  await preview(page).getByText('Pulsante 1: un segnaposto non può stare in quel punto.').waitFor()
  await axe(page, 'pulsanti-sbagliati')
  await type(one(1).getByLabel('Indirizzo, numero o testo'), 'www.comune.example.it/prenota?pratica={{pratica}}')
  await one(2).getByLabel('Che cosa fa').selectOption({ label: 'Telefona' })
  await type(one(2).getByLabel('Scritta', { exact: true }), 'Chiama l’anagrafe')
  await type(one(2).getByLabel('Indirizzo, numero o testo'), '06 12 34 567')
  await upload(page, LIST)
  await preview(page).getByText('Prenota per Emma').waitFor()
  await preview(page).getByText('Apre una pagina web: https://www.comune.example.it/prenota?pratica=12%2FA%20%22bis%22').waitFor()
  await preview(page).getByText('Telefona: 061234567').waitFor()
  await axe(page, 'pulsanti')

  // They are there when the page is opened again.
  await page.reload()
  assert.equal(await one(1).getByLabel('Scritta', { exact: true }).inputValue(), 'Prenota per {{nome}}')
  assert.equal(await one(2).getByLabel('Che cosa fa').inputValue(), 'phone')
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await page.locator('.flow-state .state', { hasText: 'Attivo' }).waitFor()
  await send(page, '2')
  await page.locator('.flow-state .state', { hasText: /Inviato|incompleto/ }).waitFor()

  const inbox = await open(browser, new URL(house.io).origin)
  await inbox.goto(`/inbox/${PERSON}`)
  const labels = await inbox.getByRole('list', { name: 'Pulsanti del messaggio' }).getByRole('listitem').allTextContents()
  assert.deepEqual(labels.map(plain), ['Prenota per Emma', 'Chiama l’anagrafe'])
  await inbox.close()
})

test('what the app drops is pointed out while it is written', async () => {
  await newFlow(page, { service: 'Tributi', description: 'Come si scrive' })
  await write(page, { subject: 'Avviso per {{nome}} {{cognome}}', markdown: `${TEXT}\n\n|a|b|\n|-|-|\n|1|2|\n\n~~no~~ <b>sì</b>` })
  for (const words of ['c’è una tabella', 'parole barrate', 'codice HTML', 'Nell’oggetto c’è un nome']) {
    await preview(page).getByText(words).waitFor()
  }
  await axe(page, 'che-cosa-non-si-vede')
})

test('a single notification has its buttons too', async () => {
  await page.goto('/notifiche/nuova')
  await page.getByLabel('Servizio', { exact: true }).selectOption({ label: 'Tributi' })
  await page.getByLabel('Codice fiscale').fill(PERSON)
  await page.getByLabel('Oggetto').fill('Il suo documento è pronto')
  await page.getByLabel('Contenuto').fill('Il documento che ha chiesto è pronto: può ritirarlo allo sportello negli orari di apertura, con un documento valido, da domani.')
  await page.getByText('Pulsanti sotto il messaggio').click()
  await one(1).getByLabel('Scritta', { exact: true }).fill('Scrivici')
  await one(1).getByLabel('Che cosa fa').selectOption({ label: 'Comincia un’e-mail' })
  await one(1).getByLabel('Indirizzo, numero o testo').fill('anagrafe')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.locator('#buttons-fault', { hasText: 'Serve un indirizzo e-mail' }).waitFor()
  await axe(page, 'puntuale-pulsanti')
  await one(1).getByLabel('Indirizzo, numero o testo').fill('anagrafe@comune.example.it')
  await page.getByRole('button', { name: 'Aggiungi' }).click()
  await page.getByText('Comincia un’e-mail: anagrafe@comune.example.it').waitFor()
})
