// An exported workbook, read as a spreadsheet program reads it: each cell with its type. It is unzipped by fflate, which
// is small, kept up and needs nothing else; its XML is read by the browser that is there anyway. A library for
// workbooks would show the values and hide what matters here: types, formats, panes.
import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'

/** Presses what gives a workbook; gives its name and its sheets. */
export const downloaded = async (page, press) => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  const files = unzipSync(readFileSync(await download.path()), { filter: ({ name }) => name.endsWith('.xml') })
  const texts = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
  return { name: download.suggestedFilename(), address: download.url(), sheets: await page.evaluate(sheets, texts) }
}

/** The words of a text cell; anything else is none. */
export const text = (cell) => cell === undefined ? '' : cell.text

/** `18/11/2026 09:30`, of a cell that holds a moment. */
export const moment = ({ number, format }) => {
  if (format !== 'dd/mm/yyyy hh:mm') return undefined
  // Days since the end of 1899, of the clock on the wall; seconds are there and not shown.
  const at = new Date(Math.round((number - 25_569) * 86_400) * 1_000)
  const [date, time] = at.toISOString().split('T')
  return `${date.split('-').reverse().join('/')} ${time.slice(0, 5)}`
}

/** `1.234,56 €`, of a cell that holds an amount. */
export const euro = ({ number, format }) => format === '#,##0.00\\ "€"'
  ? `${number.toLocaleString('it-IT', { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: 'always' })} €`
  : undefined

/* Runs in the browser. */
const sheets = (texts) => {
  const parse = (name) => new DOMParser().parseFromString(texts[name], 'application/xml')
  const all = (node, name) => [...node.getElementsByTagName(name)]
  const styles = parse('xl/styles.xml')
  const own = Object.fromEntries(all(styles, 'numFmt').map((one) => [one.getAttribute('numFmtId'), one.getAttribute('formatCode')]))
  const formats = all(all(styles, 'cellXfs')[0], 'xf').map((one) => {
    const id = one.getAttribute('numFmtId')
    // Excel's own numbers for what everybody uses.
    return own[id] ?? { 0: 'General', 1: '0', 49: '@' }[id] ?? id
  })
  const shared = 'xl/sharedStrings.xml' in texts
    ? all(parse('xl/sharedStrings.xml'), 'si').map((one) => one.textContent)
    : []
  const read = (cell) => {
    const format = formats[Number(cell.getAttribute('s') ?? 0)]
    const value = all(cell, 'v')[0]?.textContent
    if (all(cell, 'f').length > 0) return { formula: all(cell, 'f')[0].textContent }
    switch (cell.getAttribute('t') ?? 'n') {
      case 'inlineStr': return { text: all(cell, 'is')[0].textContent, format }
      case 's': return { text: shared[Number(value)], format }
      case 'n': return value === undefined ? undefined : { number: Number(value), format }
      default: return { unknown: cell.outerHTML }
    }
  }
  const column = (cell) => cell.getAttribute('r').match(/^[A-Z]+/)[0]
  return all(parse('xl/workbook.xml'), 'sheet').map((one, index) => {
    const sheet = parse(`xl/worksheets/sheet${index + 1}.xml`)
    const [first, ...rows] = all(sheet, 'row')
    const titles = new Map(all(first, 'c').map((cell) => [column(cell), read(cell).text]))
    const pane = all(sheet, 'pane')[0]
    return {
      name: one.getAttribute('name'),
      header: [...titles.values()],
      rows: rows.map((row) => Object.fromEntries(
        all(row, 'c').map((cell) => [titles.get(column(cell)), read(cell)]).filter(([, cell]) => cell))),
      frozen: pane?.getAttribute('state') === 'frozen' ? Number(pane.getAttribute('ySplit')) : 0,
      filter: all(sheet, 'autoFilter')[0]?.getAttribute('ref'),
      // Whatever a spreadsheet program would act upon by itself, or at a click.
      formulas: all(sheet, 'f').length,
      links: all(sheet, 'hyperlink').length,
    }
  })
}
