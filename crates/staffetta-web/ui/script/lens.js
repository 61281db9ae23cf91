// The lentina: beside a field, it opens a list to look in and to choose from.
// The field itself is a plain select, so that choosing works without it too.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-lens]')
  if (opener) {
    const dialog = document.getElementById(opener.dataset.lens)
    dialog.showModal()
    const search = dialog.querySelector('input[type=search]')
    search.value = ''
    search.dispatchEvent(new Event('input'))
    search.focus()
    return
  }
  const closer = event.target.closest('[data-lens-close]')
  if (closer) closer.closest('dialog').close()
  const choice = event.target.closest('[data-lens-choice]')
  if (choice) {
    const dialog = choice.closest('dialog')
    const field = document.getElementById(dialog.dataset.lensFor)
    field.value = choice.dataset.lensChoice
    dialog.close()
    field.focus()
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
})

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

document.addEventListener('input', (event) => {
  const dialog = event.target.closest('dialog.lens')
  if (!dialog || event.target.type !== 'search') return
  const wanted = plain(event.target.value).split(/\s+/)
  let found = 0
  for (const choice of dialog.querySelectorAll('[data-lens-choice]')) {
    const shown = wanted.every((word) => plain(choice.textContent).includes(word))
    choice.parentElement.hidden = !shown
    if (shown) found += 1
  }
  dialog.querySelector('[data-lens-none]').hidden = found > 0
})

// In the search field Enter takes the only one that is left, and never submits the form.
document.addEventListener('keydown', (event) => {
  const dialog = event.target.closest?.('dialog.lens')
  if (!dialog || event.key !== 'Enter' || event.target.type !== 'search') return
  event.preventDefault()
  const left = [...dialog.querySelectorAll('li:not([hidden]) [data-lens-choice]')]
  if (left.length === 1) left[0].click()
  else left[0]?.focus()
})
