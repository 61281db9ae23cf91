// A form that must go once goes once; in a form whose sending cannot be called back, Enter in a field is not a press.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.matches('form[data-once]')) return
  if (form.dataset.gone) {
    event.preventDefault()
    return
  }
  form.dataset.gone = 'yes'
  for (const button of form.querySelectorAll('button[type=submit], button:not([type])')) {
    button.setAttribute('aria-disabled', 'true')
  }
})

document.addEventListener('keydown', (event) => {
  const field = event.target
  if (event.key === 'Enter' && field instanceof HTMLInputElement && field.form?.matches('[data-no-enter]')) {
    event.preventDefault()
  }
})

// Back from another page, the browser may show the page as it was left.
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.querySelectorAll('form[data-gone]')) {
    delete form.dataset.gone
    for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled')
  }
})
