// A button with a column's name puts its placeholder, in the format that was chosen, where the cursor was: in oggetto
// or contenuto.
let last = null

document.addEventListener('focusin', (event) => {
  if (event.target.matches('form[data-draft] #subject, form[data-draft] #markdown')) last = event.target
})

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-placeholder]')
  if (!button) return
  const field = last?.isConnected ? last : document.getElementById('markdown')
  const format = document.getElementById('placeholder-format')
  const text = `{{${button.dataset.placeholder}${format?.value ? ` | ${format.value}` : ''}}}`
  const fresh = field !== last
  field.focus()
  field.setRangeText(text, fresh ? field.value.length : field.selectionStart, fresh ? field.value.length : field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  // The next one is written as it is, unless it is said again.
  if (format) format.value = ''
})
