// The fifteen minutes of a stranger with the demonstration: the sample list composed, sent and looked at. The
// tests are one walk, each going on where the one before it stopped; the counts are those of examples/ATTESI.md.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, example, fact, newFlow, plain, send, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startDemo } from '../support/program.js'
import { newWalk } from '../support/walk.js'
import { downloaded, euro, moment, text } from '../support/workbook.js'

// Another subject than the demonstration's own list, so that the simulator has not yet seen these messages.
const SUBJECT = 'TARI 2027: avviso per {{Nome}} {{Cognome}}'
const WRONG_ROWS = ['16', '45', '77', '91', '147', '192', '205', '272']
const OUTCOMES = {
  Tutte: 291, 'Disponibile su IO': 250, 'Non recapitata': 2, 'Non raggiungibile': 36, Errore: 2, 'Esito incerto': 1,
}
const SENDING = { give: 300_000 }

let demo, browser, page, flow, preview, sent
before(async () => {
  demo = await startDemo()
  browser = await launch()
  page = await open(browser, demo.base)
  await signIn(page, 'operatore', demo.passwords.operatore)
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

const step = newWalk()

const state = () => page.locator('.flow-state .state')
const done = async () => Number((await page.locator('.flow-progress .number').textContent()).match(/^[\d.]+/)[0].replaceAll('.', ''))
const message = () => page.getByRole('article', { name: 'Il messaggio come lo vede il cittadino' })
const recipient = () => page.locator('#preview [role=status] .code').textContent()
// An amount or a notice number, however it is grouped.
const digits = (text) => text.replace(/\D/g, '')

step('Nuovo flusso: the lentina shows two of three services', async () => {
  await page.goto('/flussi')
  await page.getByRole('link', { name: 'Nuovo flusso' }).click()
  await axe(page, 'nuovo-flusso')
  await page.getByRole('button', { name: 'Crea e prosegui' }).click()
  assert.equal(await page.locator('.fault').count(), 3)
  await axe(page, 'nuovo-flusso-errori')
  await page.getByRole('button', { name: 'Cerca tra i servizi (lentina)' }).click()
  const dialog = page.getByRole('dialog', { name: 'Scegli il servizio' })
  await dialog.getByRole('listitem').first().waitFor()
  const offered = await dialog.getByRole('listitem').allTextContents()
  assert.deepEqual(offered.map(plain).sort(), ['Anagrafe (con copia e-mail)', 'Tributi'])
  await dialog.getByRole('button', { name: 'Tributi' }).click()
  await page.getByLabel('Natura').selectOption({ label: 'Avviso di pagamento' })
  await page.getByLabel('Descrizione').fill('TARI 2027, la prima prova')
  await page.getByRole('button', { name: 'Crea e prosegui' }).click()
  await page.waitForURL('**/componi')
  flow = Number(new URL(page.url()).pathname.split('/')[2])
  await axe(page, 'componi-vuoto')
})

step('the list of 300: good and wrong rows; the wrong ones are downloaded, the others accepted', async () => {
  await write(page, { subject: SUBJECT })
  await upload(page, 'elenco-300.csv')
  assert.deepEqual({
    read: await fact(page, 'Righe lette'),
    valid: await fact(page, 'Righe giuste'),
    wrong: await fact(page, 'Righe scartate'),
    repaired: await fact(page, 'Codici fiscali messi in ordine'),
    same: await fact(page, 'Righe ripetute, tenute una volta sola'),
    different: await fact(page, 'Righe della stessa persona con altro contenuto'),
  }, { read: '300', valid: '291', wrong: '8', repaired: '3', same: '1', different: '1' })
  // By kind, each with its rows.
  const lines = await page.locator('.compose-wrong tbody td:first-child').allTextContents()
  assert.deepEqual(lines.map(plain).sort((one, other) => one - other), WRONG_ROWS)
  assert.equal(await page.getByRole('link', { name: 'Vai alla quadratura' }).count(), 0)
  await axe(page, 'componi-righe-sbagliate')
  const wrong = await downloaded(page, () => page.getByRole('link', { name: 'Scarica le righe da correggere' }).click())
  assert.equal(wrong.name, `righe-da-correggere-flusso-${flow}.xlsx`)
  assert.equal(wrong.sheets[0].rows.length, WRONG_ROWS.length)
  await acceptGoodRows(page)
  assert.match(await page.locator('#recipients-status').textContent(), /L'elenco è pronto: 291 destinatari/)
  await axe(page, 'componi-pronto')
})

step('the preview goes from recipient to recipient and back', async () => {
  const rows = readFileSync(example('elenco-300.csv'), 'latin1').split(/\r?\n/).slice(1)
  const codes = rows.map((line) => line.split(';')[0])
  const turn = async (press, expected) => {
    await page.getByRole('link', { name: press }).click()
    await page.locator('#preview').getByText(`Destinatario ${expected} di 291`).waitFor()
  }
  await page.locator('#preview').getByText('Destinatario 1 di 291').waitFor()
  assert.equal(await recipient(), codes[0])
  assert.equal(await page.getByRole('link', { name: 'Precedente' }).count(), 0)
  await turn('Successivo', 2)
  assert.equal(await recipient(), codes[1])
  await turn('Successivo', 3)
  await turn('Precedente', 2)
  await turn('Precedente', 1)
  assert.doesNotMatch(await message().textContent(), /\{\{/)
  preview = {
    code: await recipient(),
    subject: await message().getByRole('heading', { level: 2 }).textContent(),
    body: plain(await message().locator('.body').innerText()),
    payment: (await message().locator('.pay dd').allTextContents()).map(digits),
  }
})

step('Attiva shows the balance, and asks about the person with two messages', async () => {
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByRole('heading', { level: 1, name: /Attiva il flusso/ }).waitFor()
  assert.deepEqual({
    recipients: await fact(page, 'Destinatari, cioè messaggi'),
    wrong: (await fact(page, 'Righe scartate')).split(' ')[0],
    total: await fact(page, 'Totale degli importi'),
    least: await fact(page, 'Importo più piccolo'),
    most: await fact(page, 'Importo più grande'),
  }, { recipients: '291', wrong: '8', total: '110.098,17 €', least: '40,25 €', most: '1.674,31 €' })
  await axe(page, 'attiva')
  await page.getByRole('button', { name: 'Attiva' }).click()
  assert.match(await page.getByRole('alert').textContent(), /serve la tua conferma/)
  await axe(page, 'attiva-da-confermare')
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await state().getByText('Attivo', { exact: true }).waitFor()
  await axe(page, 'flusso-attivo')
})

step('Invia wants the number of recipients: a wrong one is refused, the right one starts', async () => {
  await page.getByRole('link', { name: 'Invia', exact: true }).click()
  await axe(page, 'invia')
  const field = page.getByLabel('Per inviare, scrivi il numero dei destinatari')
  await field.fill('300')
  await page.getByRole('button', { name: 'Invia' }).click()
  assert.match(await page.getByRole('alert').textContent(), /non è stato inviato niente/)
  await axe(page, 'invia-numero-sbagliato')
  await field.fill('291')
  await page.getByRole('button', { name: 'Invia' }).click()
  await state().getByText('In invio').waitFor()
  await axe(page, 'flusso-in-invio')
})

step('Pausa holds the count, Riprendi goes on, and it ends; the page follows by itself', async () => {
  await eventually('some are sent', async () => await done() > 0, SENDING)
  await page.getByRole('button', { name: 'Pausa' }).click()
  await page.getByText('L’invio è in pausa').waitFor()
  // What was under way when it was pressed ends.
  await eventually('nothing is under way', async () => !('In trasmissione' in await tallies(page)), SENDING)
  await axe(page, 'flusso-in-pausa')
  // All that the engine has to do besides is done in the meantime, and so is the profile of somebody that was being
  // asked for; then this flow stands where it stood.
  await demo.program.says(/Per fermare tutto: Ctrl-C/)
  await page.reload()
  const held = await done()
  assert.ok(held < 291, `${held} are sent already`)
  await page.reload()
  assert.equal(await done(), held)
  await page.getByRole('button', { name: 'Riprendi' }).click()
  await page.getByRole('button', { name: 'Pausa' }).waitFor()
  await eventually('it ends', async () => (await state().textContent()) === 'Invio incompleto', SENDING)
  await page.getByText('36 non raggiungibili').waitFor()
  // So does what stands below, of which the end made something else.
  await page.getByText('Invio terminato').waitFor()
  await page.getByRole('link', { name: 'Elenco non raggiunti (Excel)', exact: true }).waitFor()
})

step('the tallies are the expected ones', async () => {
  await eventually('every outcome is known', async () => !('Accettata da IO' in await tallies(page)), SENDING)
  assert.deepEqual(await tallies(page), OUTCOMES)
  assert.match(plain(await page.locator('.flow-state').textContent()), /36 non raggiungibili · 5 da esaminare/)
  sent = page.url()
  await page.reload()
  assert.deepEqual(await tallies(page), OUTCOMES)
  await axe(page, 'flusso-incompleto')
})

/** Opens the first notification with this outcome, from the flow's page. */
const openOne = async (outcome, count) => {
  await page.goto(sent)
  await page.getByRole('list', { name: 'Notifiche per esito' }).getByRole('link', { name: outcome }).click()
  await page.waitForURL('**?stato=*')
  const rows = page.locator('.table-notifications tbody tr')
  assert.equal(await rows.count(), count)
  assert.deepEqual([...new Set(await rows.locator('.state').allTextContents())], [outcome])
  await rows.first().locator('td').first().dblclick()
  await page.waitForURL('**/notifiche/*')
  assert.equal(await page.locator('.outcome .state').textContent(), outcome)
}

step('one not reachable, one in error and the uncertain one say why and what to do', async () => {
  await openOne('Non raggiungibile', 36)
  assert.match(await page.locator('.outcome .flow-note').first().textContent(), /non usa l’app IO|ha disattivato/)
  await axe(page, 'notifica-non-raggiungibile')
  await openOne('Errore', 2)
  assert.match(await page.locator('.outcome .flow-note').first().textContent(), /scriv\S* di nuovo/)
  await axe(page, 'notifica-errore')
  await openOne('Esito incerto', 1)
  assert.match(await page.locator('.outcome .flow-note').first().textContent(), /può essere arrivato oppure no/)
  await axe(page, 'notifica-incerta')
})

step('one inbox of the simulator equals its preview, once', async () => {
  await page.goto('/notifiche')
  await page.getByLabel('Codice fiscale').fill(preview.code)
  await page.getByLabel('Flusso').fill(String(flow))
  await page.getByRole('button', { name: 'Elenca' }).click()
  const rows = page.locator('.table-notifications tbody tr')
  await rows.first().waitFor()
  assert.equal(await rows.count(), 1)
  assert.equal(await rows.locator('.state').textContent(), 'Disponibile su IO')
  await axe(page, 'archivio')
  await rows.first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/notifiche/*')
  assert.equal(plain(await message().locator('.body').innerText()), preview.body)
  await axe(page, 'notifica-disponibile')
  const simulator = demo.program.output.match(/http:\/\/127\.0\.0\.1:\d+(?=\/inbox\/)/)[0]
  const inbox = await open(browser, simulator)
  await inbox.goto(`/inbox/${preview.code}`)
  const got = inbox.getByRole('article')
    .filter({ has: inbox.getByRole('heading', { level: 2, name: preview.subject, exact: true }) })
  assert.equal(await got.count(), 1)
  assert.equal(plain(await got.locator('.body').innerText()), preview.body)
  assert.deepEqual((await got.locator('.payment dd').allTextContents()).map(digits), preview.payment)
  await inbox.context().close()
})

step('Esporta Excel: rows as found, codes as text, dates and amounts of their type', async () => {
  await page.goto('/notifiche')
  await page.getByLabel('Flusso').fill(String(flow))
  await page.getByRole('button', { name: 'Elenca' }).click()
  await page.locator('.table-notifications tbody tr').first().waitFor()
  const found = await downloaded(page, () => page.getByRole('link', { name: 'Esporta Excel' }).click())
  const [{ header, rows, frozen, filter, formulas }] = found.sheets
  assert.equal(header.length, 13)
  assert.deepEqual({ frozen, filter, formulas }, { frozen: 1, filter: 'A1:M292', formulas: 0 })
  const counted = (title) => rows.reduce((counts, row) => ({ ...counts, [text(row[title])]: (counts[text(row[title])] ?? 0) + 1 }), {})
  const { Tutte: all, ...states } = OUTCOMES
  assert.equal(rows.length, all)
  assert.deepEqual(counted('Stato'), states)
  let cents = 0
  for (const row of rows) {
    assert.match(text(row['Codice fiscale']), /^[A-Z0-9]{16}$/)
    assert.match(text(row['Numero avviso']), /^\d{18}$/)
    assert.match(moment(row.Data), /^\d\d\/\d\d\/\d{4} \d\d:\d\d$/)
    assert.ok(euro(row.Importo))
    assert.equal(row.Flusso.number, flow)
    cents += Math.round(row.Importo.number * 100)
    // What IO has carries IO's number and what IO says of the e-mail copy; the others say why not.
    const taken = ['Disponibile su IO', 'Non recapitata'].includes(text(row.Stato))
    assert.equal(text(row['Stato Mail']), taken ? 'non comunicato da IO' : '', text(row.Stato))
    if (taken) assert.match(text(row['Id IO']), /^[0-9A-Z]{26}$/)
    if (text(row.Stato) !== 'Disponibile su IO') assert.ok(text(row.Motivo).length > 20, text(row.Stato))
  }
  assert.equal(cents, 11_009_817)

  // The flow's own: the rows of the office's file, in their order, with what became of each.
  await page.goto(sent)
  const own = await downloaded(page, () => page.getByRole('link', { name: 'File dei risultati (Excel)', exact: true }).click())
  assert.equal(own.name, `flusso-${flow}-risultati.xlsx`)
  const [{ header: titles, rows: all299 }] = own.sheets
  assert.deepEqual(titles.slice(0, 9), [
    'Codice Fiscale', 'Cognome', 'Nome', 'Indirizzo', 'Importo', 'Scadenza', 'Numero avviso', 'Stato', 'Motivo',
  ])
  const leftOut = all299.filter((row) => text(row.Stato).startsWith('Riga scartata'))
  assert.deepEqual([all299.length, leftOut.length], [299, 8])
  assert.deepEqual([text(all299[0]['Codice Fiscale']), text(all299[0].Cognome), text(all299[0].Importo)],
    ['LTTMME92P66M919R', 'Lattanzi', '62,95'])
})

step('a citizen’s data that look like a formula stay text in the workbook', async () => {
  const formula = "=cmd|' /C calc'!A0"
  const list = `Codice fiscale;Nome;Importo;Numero avviso\r\nLTTMME92P66M919R;"${formula}";19,99;301000000000000001\r\n`
  await newFlow(page, { service: 'Tributi', description: 'Una formula per nome' })
  await write(page, { subject: 'Avviso per {{Nome}}', markdown: `Gentile {{Nome}}, ${'questo è il tuo avviso. '.repeat(6)}` })
  await upload(page, { name: 'elenco.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.getByRole('link', { name: 'Vai alla quadratura' }).click()
  await page.getByRole('button', { name: 'Attiva' }).click()
  await send(page, '1')
  await eventually('it is sent', async () => (await state().textContent()) === 'Inviato', SENDING)
  const { sheets: [{ rows: [row, ...more], formulas, links }] } =
    await downloaded(page, () => page.getByRole('link', { name: 'File dei risultati (Excel)', exact: true }).click())
  assert.deepEqual([more.length, formulas, links], [0, 0, 0])
  assert.deepEqual(row.Nome, { text: formula, format: '@' })
})
