// Debian's Chromium, one for a test file; a fresh context is a person at a browser of their own.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach } from 'node:test'
import { chromium } from 'playwright-core'

const shots = process.env.STAFFETTA_E2E_SHOTS ?? new URL('../../target/e2e/', import.meta.url).pathname
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

const executablePath = [process.env.STAFFETTA_E2E_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path))

// Whatever a page does, ours or the simulator's, nothing of it may end on the browser's console.
const faults = []
afterEach(() => assert.deepEqual(faults.splice(0), []))

/** Starts it. Only pages of ours are opened, and nothing of its own goes out. */
export const launch = () => chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})

/** A browser of one person. What goes wrong on its pages fails the test. */
export const open = async (browser, base, options = {}) => {
  const context = await browser.newContext({
    baseURL: base, locale: 'it-IT', timezoneId: 'Europe/Rome', viewport: { width: 1280, height: 900 },
    acceptDownloads: true, ...options,
  })
  // Generous: a machine at work with something else must not make a test fail.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // What the policy of the pages refuses is told on the console; an answer of 4xx is told there, too, and meant.
    if (message.type() !== 'error' || message.text().includes('status of 4')) return
    faults.push(`${page.url()}: ${message.text()}`)
  })
  return page
}

/** Signs in; the page is the first one then. */
export const signIn = async (page, name, password) => {
  await page.goto('/accedi')
  await page.getByLabel('Nome utente').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Accedi' }).click()
  await page.waitForURL((url) => url.pathname !== '/accedi')
}

/** No violation of the standards on the page as it is now, and nothing beside it; a picture of it goes to target/e2e. */
export const axe = async (page, name) => {
  if (name) {
    mkdirSync(shots, { recursive: true })
    // A picture is for people to look at: a browser that does not manage to draw one fails no test.
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true, timeout: 20_000 }).catch(() => {})
    // For the picture each caret was hidden by a style, of which an empty attribute stays on every field: htmx would
    // take it over to a field that replaces one, which the policy of the pages refuses.
    await page.evaluate(() => document.querySelectorAll('[style=""]').forEach((field) => field.removeAttribute('style')))
  }
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.equal(beyond, 0, `${page.url()} is wider than its window`)
  // Evaluated, because the policy of the pages allows no script element of another's.
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate((only) => window.axe.run(document, { runOnly: only }), standards)
  const told = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`)
  assert.deepEqual(told, [], `${page.url()} is not accessible`)
}

/** What has the focus, as a person would name it. */
export const focused = (page) => page.evaluate(() => {
  const element = document.activeElement
  const label = element.labels?.[0]?.textContent
  return (element.getAttribute('aria-label') ?? label ?? element.textContent).replace(/\s+/g, ' ').trim()
})

/** Presses Tab until this has the focus: only what a keyboard reaches is reached. */
export const tabTo = async (page, name, { most = 120 } = {}) => {
  const seen = []
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    if (at === name || (name instanceof RegExp && name.test(at))) return
    seen.push(at.slice(0, 40))
  }
  assert.fail(`Tab does not reach ${name}: ${seen.join(' · ')}`)
}
