// A row opens what it is about by double click and by Enter; its link does the same for everybody.
const open = (row) => {
  location.href = row.dataset.open
}

document.addEventListener('dblclick', (event) => {
  const row = event.target.closest('tr[data-open]')
  if (row && !event.target.closest('a, button, input')) open(row)
})

document.addEventListener('keydown', (event) => {
  const row = event.target
  if (!(row instanceof HTMLTableRowElement) || !row.dataset.open) return
  if (event.key === 'Enter') {
    event.preventDefault()
    open(row)
  }
  const next = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
  if (next && row[next]) {
    event.preventDefault()
    row[next].focus()
  }
})
