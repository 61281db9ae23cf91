// When a cell is put right the list is shown anew: what was typed into other cells, which groups are open, and where the
// person was stay as they were.
const PLACE = 'recipients'

/** The cells that can be put right, by file, line and column: another file's are others. */
const cells = () => [...document.querySelectorAll(`#${PLACE} .compose-fix`)].map((form) => {
  const value = (name) => form.elements.namedItem(name).value
  return { field: form.elements.namedItem('value'), name: [value('file'), value('line'), value('column')].join() }
})
const groups = () => [...document.querySelectorAll(`#${PLACE} .compose-kind`)]

// While the list is read no cell is shown: what was kept before stays kept.
let kept = null

document.addEventListener('htmx:before:swap', () => {
  if (groups().length === 0) return
  const all = cells()
  const active = all.findIndex(({ field }) => field.form.contains(document.activeElement))
  kept = {
    typed: new Map(all.filter(({ field }) => field.value !== field.defaultValue).map(({ field, name }) => [name, field.value])),
    open: new Map(groups().map((group) => [group.dataset.kind, group.open])),
    // The one in hand may be right now, and gone: then the next.
    after: active < 0 ? [] : all.slice(active).map(({ name }) => name),
  }
})

document.addEventListener('htmx:after:swap', () => {
  if (!kept || groups().length === 0) return
  for (const group of groups()) group.open = kept.open.get(group.dataset.kind) ?? group.open
  const all = cells()
  for (const { field, name } of all) field.value = kept.typed.get(name) ?? field.value
  const next = kept.after.map((name) => all.find((cell) => cell.name === name)).find(Boolean)
  // Who went on elsewhere meanwhile is left there.
  if (next && document.activeElement === document.body) next.field.focus()
  kept = null
})
