// A list of 5,000 whose sending is cut twice in the middle, within a quota: once the program alone, once the whole
// machine with the simulator on it. Nobody is forgotten, and nobody has a message twice.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, plain, send, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'

const MESSAGES = 4975
// Of examples/ATTESI.md: who cannot be reached, whom IO refuses, and whose answer is lost without any power cut.
const NOT_REACHABLE = 750
const REFUSED = 1
const LOST = 1
const IN_FLIGHT = 16
const LONG = { give: 600_000, every: 100 }

let house, browser
before(async () => {
  house = await startHouse({
    operators: { bruno: { rights: 'compose,send', services: ['Tributi'] } },
    quota: '1500/5',
    // Answers that take a moment, so that at any instant some calls are on the wire.
    simulator: ['--latency-ms', '40'],
    environment: { STAFFETTA_IN_FLIGHT: String(IN_FLIGHT) },
  })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await house?.stop()
})

const signedIn = async () => {
  const page = await open(browser, house.base)
  await signIn(page, 'bruno', house.passwords.bruno)
  return page
}
const state = (page) => page.locator('.flow-state .state')
const sum = (counts) => Object.values(counts).reduce((one, other) => one + other, 0)
const shown = async (flow) => JSON.parse(await house.run(['flow', 'show', String(flow), '--json']))

/** Cut once more than so many are received; gives what IO's side had received by then. */
const cutAfter = async (messages, flow, { whole }) => {
  await eventually(`${messages} are received`, async () => (await house.stats()).messages > messages, LONG)
  await house.cut({ whole })
  // With nobody at work, as the power cut left it.
  assert.equal(sum((await shown(flow)).tally), MESSAGES)
  await house.start()
  const { messages: received, twice } = await house.stats()
  assert.ok(received > messages && received < 4000, `${received} were received before it was cut`)
  assert.equal(twice, 0)
  return received
}

test('killed twice in the middle and started again, the sum is unchanged and nobody has it twice', async () => {
  let page = await signedIn()
  const flow = await newFlow(page, { service: 'Tributi', description: 'Un avviso per cinquemila' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-5000.csv')
  await acceptGoodRows(page)
  await activate(page)
  await send(page, '4.975')
  await page.context().close()
  const received = await cutAfter(300, flow, { whole: false })
  await cutAfter(received + 600, flow, { whole: true })

  page = await signedIn()
  await page.goto(`/flussi/${flow}`)
  await eventually(async () => `it ends: ${await state(page).textContent()}`,
    async () => (await state(page).textContent()) === 'Invio incompleto', LONG)
  await eventually('every outcome is known', async () => !('Accettata da IO' in await tallies(page)), LONG)
  const { Tutte: all, ...counts } = await tallies(page)
  assert.equal(all, MESSAGES)
  assert.equal(sum(counts), MESSAGES)
  assert.equal(counts['Non raggiungibile'], NOT_REACHABLE)

  // Whatever was under way when it was killed is uncertain, was not sent again, and is little: at most twice the
  // calls that may be in flight, each time.
  const uncertain = counts['Esito incerto']
  assert.ok(uncertain >= LOST && uncertain <= LOST + 2 * 2 * IN_FLIGHT, `${uncertain} are uncertain`)
  const { messages, distinct_bodies: distinct, twice } = await house.stats()
  assert.equal(twice, 0)
  assert.equal(messages, distinct)
  const most = MESSAGES - NOT_REACHABLE - REFUSED
  assert.ok(messages <= most && messages >= most - uncertain, `${messages} were received`)

  // The command line tells the same.
  const told = await shown(flow)
  assert.match(plain(await page.locator('.flow-state').textContent()), /750 non raggiungibili/)
  assert.deepEqual(
    [told.tally.unreachable, told.tally.delivered, told.tally.uncertain, told.tally.rejected, told.tally.failed],
    [NOT_REACHABLE, counts['Disponibile su IO'], uncertain, counts['Non recapitata'], counts.Errore])
  assert.equal(sum(told.tally), MESSAGES)
  await axe(page, 'flusso-dopo-interruzione')
  await page.context().close()
})
