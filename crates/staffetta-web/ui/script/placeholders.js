// A button with a column's name puts its placeholder, in its own format or in the one that was chosen, where the cursor
// was: in oggetto, contenuto, or what is written on a button of the message.
const PLACES = ['#subject', '#markdown', '.message-buttons input'].map((place) => `form[data-draft] ${place}`).join()
let last = null

document.addEventListener('focusin', (event) => {
  if (event.target.matches(PLACES)) last = event.target
})

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-placeholder]')
  if (!button) return
  const field = last?.isConnected ? last : document.getElementById('markdown')
  const format = document.getElementById('placeholder-format')
  const chosen = button.dataset.format ?? format?.value
  const text = `{{${button.dataset.placeholder}${chosen ? ` | ${chosen}` : ''}}}`
  const fresh = field !== last
  field.focus()
  field.setRangeText(text, fresh ? field.value.length : field.selectionStart, fresh ? field.value.length : field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  // The next one is written as it is, unless it is said again.
  if (format) format.value = ''
})
