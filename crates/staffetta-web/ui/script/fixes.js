// When a cell is put right the list is shown anew: what was typed into other cells, which groups are open, and where the
// person was stay as they were.
const PLACE = 'recipients'

const cells = () => [...document.querySelectorAll(`#${PLACE} .compose-fix`)].map((form) => {
  const field = form.elements.namedItem('value')
  return { field, name: `${form.elements.namedItem('line').value} ${form.elements.namedItem('column').value}` }
})
const groups = () => [...document.querySelectorAll(`#${PLACE} .compose-kind`)]
const title = (group) => group.dataset.kind

let kept = null

document.addEventListener('htmx:before:swap', () => {
  if (!document.querySelector(`#${PLACE} .compose-kind`)) return
  const all = cells()
  const active = all.findIndex(({ field }) => field.form.contains(document.activeElement))
  kept = {
    typed: new Map(all.filter(({ field }) => field.value !== field.defaultValue).map(({ field, name }) => [name, field.value])),
    open: new Map(groups().map((group) => [title(group), group.open])),
    // The one in hand may be right now, and gone: then the next.
    after: active < 0 ? [] : all.slice(active).map(({ name }) => name),
    sent: active < 0 ? null : all[active].name,
  }
})

document.addEventListener('htmx:after:swap', () => {
  if (!kept || !document.querySelector(`#${PLACE} .compose-kind`)) return
  for (const group of groups()) group.open = kept.open.get(title(group)) ?? group.open
  const all = cells()
  for (const { field, name } of all) {
    if (name !== kept.sent && kept.typed.has(name)) field.value = kept.typed.get(name)
  }
  const next = kept.after.map((name) => all.find((cell) => cell.name === name)).find(Boolean)
  if (next && !document.getElementById(PLACE).contains(document.activeElement)) next.field.focus()
  kept = null
})
