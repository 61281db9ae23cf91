// The built program, started for one test file with a folder and ports of its own, and stopped with it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from './eventually.js'

const binary = process.env.STAFFETTA_E2E_PROGRAM
  ?? new URL('../../target/debug/staffetta', import.meta.url).pathname

/** A program that runs; what it says is kept. */
class Program {
  constructor(args, { input = '', env = {} } = {}) {
    this.output = ''
    // Nothing of the surrounding environment: a setting of the developer's must not reach the tests.
    this.child = spawn(binary, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    this.child.stdin.on('error', () => {})
    this.child.stdin.end(input)
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => { this.output += text })
    }
    this.ended = new Promise((resolve) => this.child.on('close', (code, signal) => resolve(code ?? signal)))
    this.ended.then((code) => { this.code = code })
    this.kill = () => this.child.kill('SIGKILL')
    // However the test ends, the program does not outlive it.
    process.on('exit', this.kill)
  }

  /** Waits until it has said what matches; gives the match. */
  says(pattern) {
    return eventually(() => `the program says ${pattern}; it said:\n${this.output}`, () => {
      const found = this.output.match(pattern)
      if (!found && this.code !== undefined) throw new Error(`it ended with ${this.code}:\n${this.output}`)
      return found
    }, { give: 300_000 })
  }

  /** Asks it to stop, and waits. */
  async stop(signal = 'SIGTERM') {
    this.child.kill(signal)
    await this.ended
    process.off('exit', this.kill)
  }
}

/** A folder that is removed with the tests. */
const folder = () => mkdtempSync(join(tmpdir(), 'staffetta-e2e-'))

/**
 * The demonstration: the sample ente with its three operators. Its past is made when this returns; with
 * `whole`, its list of 300 is sent, too.
 */
export const startDemo = async ({ whole = false, data = folder() } = {}) => {
  const program = new Program(
    ['demo', '--data-dir', data, '--listen', '127.0.0.1:0', '--simulator-listen', '127.0.0.1:0'])
  const [, base] = await program.says(/Le pagine sono a (http:\/\/\S+)/)
  const passwords = {}
  for (const name of ['admin', 'operatore', 'consulta']) {
    [, passwords[name]] = await program.says(new RegExp(`^ *${name}: (\\S+)$`, 'm'))
  }
  // The list of today comes after the flows of the past.
  await program.says(whole ? /Per fermare tutto: Ctrl-C/ : /(nell'elenco ci sono|c'è già: si riprende)/)
  return {
    base,
    passwords,
    data,
    program,
    /** Kills it as a power cut does, and starts it again on the same data, at another address. */
    restart: async (options = {}) => {
      await program.stop('SIGKILL')
      return startDemo({ ...options, data })
    },
    stop: async () => {
      await program.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/**
 * An ente of its own with services at a simulator and the operators named, ready at once:
 * `operators: { ada: { rights: 'admin' }, bruno: { rights: 'compose,send', services: ['Tributi'] } }`.
 * The quota is both what IO allows and what the ente knows of it; `environment` is the program's.
 */
export const startHouse = async ({
  services = ['Tributi', 'Anagrafe'], operators = {}, quota = 'none', simulator = [], environment = {},
} = {}) => {
  const data = folder()
  const env = { STAFFETTA_DATA_DIR: data, STAFFETTA_ALLOW_LOOPBACK_URLS: 'true', ...environment }
  const run = async (args, input) => {
    const command = new Program(args, { input, env })
    const code = await command.ended
    process.off('exit', command.kill)
    if (code !== 0) throw new Error(`staffetta ${args.join(' ')} ended with ${code}:\n${command.output}`)
    return command.output
  }
  const receive = async (address) => {
    const journal = join(data, 'simulatore.jsonl')
    const receiver = new Program(
      ['simulate', '--json', '--listen', address, '--quota', quota, '--journal', journal, ...simulator])
    const [, io] = await receiver.says(/"base_url":"([^"]+)"/)
    return { receiver, io }
  }
  const serve = async () => {
    const program = new Program(['serve', '--listen', '127.0.0.1:0'], { env })
    const [, base] = await program.says(/Le pagine sono a (https?:\/\/\S+)/)
    return { program, base }
  }
  const house = { ...await receive('127.0.0.1:0'), run, data }
  await run(['organization', 'set', '--name', 'Comune di Prova', '--quota', quota])
  for (const name of services) {
    await run(['service', 'add', '--name', name, '--key', 'chiave-di-prova', '--base-url', house.io])
  }
  house.passwords = {}
  for (const [name, { rights = 'look', services: enabled = [] }] of Object.entries(operators)) {
    house.passwords[name] = `una frase lunga di ${name}`
    const of = enabled.length > 0 ? ['--services', enabled.join(',')] : []
    await run(['operator', 'add', '--name', name, '--rights', rights, ...of], `${house.passwords[name]}\n`)
  }
  Object.assign(house, await serve())
  /** What IO's side has counted. */
  house.stats = async () => (await fetch(`${new URL(house.io).origin}/_simulator/stats`)).json()
  /** Kills the program as a power cut does, and IO's side too where it is the whole machine's. */
  house.cut = async ({ whole = false } = {}) => {
    await house.program.stop('SIGKILL')
    if (whole) await house.receiver.stop('SIGKILL')
  }
  /** Starts again what was cut: the pages at another address, IO where the services know it. */
  house.start = async () => {
    if (house.receiver.code !== undefined) Object.assign(house, await receive(new URL(house.io).host))
    Object.assign(house, await serve())
  }
  house.stop = async () => {
    await house.program.stop()
    await house.receiver.stop()
    rmSync(data, { recursive: true, force: true })
  }
  return house
}
