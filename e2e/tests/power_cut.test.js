// A list of 5,000 whose sending is cut in the middle: nobody is forgotten, and nobody has a message twice.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, launch, open, signIn } from '../support/browser.js'
import { acceptGoodRows, activate, newFlow, plain, send, tallies, upload, write } from '../support/compose.js'
import { eventually } from '../support/eventually.js'
import { startHouse } from '../support/program.js'

const MESSAGES = 4975
const NOT_REACHABLE = 750
const REFUSED = 1
const LONG = { give: 600_000, every: 100 }

let house, browser
before(async () => {
  house = await startHouse({
    operators: { bruno: { rights: 'compose,send', services: ['Tributi'] } },
    // Answers that take a moment, so that there is a middle.
    simulator: ['--latency-ms', '40'],
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
const stats = async () => (await fetch(`${new URL(house.io).origin}/_simulator/stats`)).json()
const sum = (counts) => Object.values(counts).reduce((one, other) => one + other, 0)

test('killed in the middle and started again, the sum is unchanged and nobody has it twice', async () => {
  let page = await signedIn()
  const flow = await newFlow(page, { service: 'Tributi', description: 'Un avviso per cinquemila' })
  await write(page, { subject: 'TARI 2027: il tuo avviso di pagamento' })
  await upload(page, 'elenco-5000.csv')
  await acceptGoodRows(page)
  await activate(page)
  await send(page, '4.975')
  await eventually('some are received', async () => (await stats()).messages > 300, LONG)
  await house.restart()
  await page.context().close()
  const before = await stats()
  assert.ok(before.messages < 4000, `${before.messages} were received before it was killed`)

  page = await signedIn()
  await page.goto(`/flussi/${flow}`)
  await eventually(async () => `it ends: ${await state(page).textContent()}`,
    async () => (await state(page).textContent()) === 'Invio incompleto', LONG)
  await eventually('every outcome is known', async () => !('Accettata da IO' in await tallies(page)), LONG)
  const { Tutte: all, ...counts } = await tallies(page)
  assert.equal(all, MESSAGES)
  assert.equal(sum(counts), MESSAGES)
  assert.equal(counts['Non raggiungibile'], NOT_REACHABLE)

  // Whatever was under way when it was killed is uncertain, and was not sent again.
  const { messages, distinct_bodies: distinct, twice } = await stats()
  assert.equal(twice, 0)
  assert.equal(messages, distinct)
  const most = MESSAGES - NOT_REACHABLE - REFUSED
  assert.ok(messages <= most && messages >= most - counts['Esito incerto'], `${messages} were received`)

  // The command line tells the same.
  const shown = JSON.parse(await house.run(['flow', 'show', String(flow), '--json']))
  assert.match(plain(await page.locator('.flow-state').textContent()), /750 non raggiungibili/)
  assert.equal(shown.tally.unreachable, NOT_REACHABLE)
  assert.equal(shown.tally.delivered, counts['Disponibile su IO'])
  assert.equal(shown.tally.uncertain, counts['Esito incerto'])
  assert.equal(sum(shown.tally), MESSAGES)
  await axe(page, 'flusso-dopo-interruzione')
  assert.deepEqual(page.faults, [])
  await page.context().close()
})
