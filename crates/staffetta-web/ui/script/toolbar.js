// The toolbar over a contenuto: writes Markdown around what is selected. One stop of the Tab key, arrows within it;
// Ctrl+B and Ctrl+I in the text.
for (const toolbar of document.querySelectorAll('[data-toolbar]')) {
  const field = document.getElementById(toolbar.dataset.toolbar)
  const buttons = [...toolbar.querySelectorAll('button')]
  toolbar.hidden = false

  toolbar.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (button) act(field, button.dataset)
  })

  toolbar.addEventListener('keydown', (event) => {
    const place = buttons.indexOf(document.activeElement)
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key]
    if (next === undefined || place < 0) return
    event.preventDefault()
    const button = buttons.at(next % buttons.length)
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1
    button.focus()
  })

  field.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    const button = buttons.find((one) => one.dataset.key === event.key.toLowerCase())
    if (!button) return
    event.preventDefault()
    act(field, button.dataset)
  })
}

function act(field, { around, before, link, sample }) {
  if (around) {
    const text = selected(field) || sample
    write(field, `${around}${text}${around}`, around.length, text.length)
  } else if (link) {
    const text = selected(field) || sample
    // What is missing is the address.
    write(field, `[${text}](${link})`, text.length + 3, link.length)
  } else {
    wholeLines(field)
    const text = selected(field)
      .split('\n')
      .map((line, row) => (before === '1. ' ? `${row + 1}. ${line}` : `${before}${line}`))
      .join('\n')
    write(field, text, text.length, 0)
  }
}

function selected(field) {
  return field.value.slice(field.selectionStart, field.selectionEnd)
}

function wholeLines(field) {
  const end = field.value.indexOf('\n', field.selectionEnd)
  const start = field.value.lastIndexOf('\n', field.selectionStart - 1) + 1
  field.setSelectionRange(field.selectionStart === 0 ? 0 : start, end < 0 ? field.value.length : end)
}

// As if it had been typed, so that it can be undone; then a part of it is selected.
function write(field, text, from, length) {
  field.focus()
  const start = field.selectionStart
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  field.setSelectionRange(start + from, start + from + length)
}
