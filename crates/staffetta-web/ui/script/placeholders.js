// A button with a column's name puts its placeholder where the cursor was, in oggetto or contenuto.
let last = null

document.addEventListener('focusin', (event) => {
  if (event.target.matches('form[data-draft] #subject, form[data-draft] #markdown')) last = event.target
})

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-placeholder]')
  if (!button) return
  const field = last?.isConnected ? last : document.getElementById('markdown')
  const text = `{{${button.dataset.placeholder}}}`
  const fresh = field !== last
  field.focus()
  field.setRangeText(text, fresh ? field.value.length : field.selectionStart, fresh ? field.value.length : field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
})
