// A draft saves itself, and nothing typed is lost: until the server has it, it is also kept in this tab.
// What is sent, when, and where the answer goes stands in the form's own attributes.
const PREFIX = 'staffetta-bozza-'
const RETRY_MS = 5000

const form = document.querySelector('form[data-draft]')

// Who signs out leaves nothing behind.
document.addEventListener('submit', (event) => {
  if (new URL(event.target.action, location.href).pathname !== '/esci') return
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
})

const start = () => {
  const key = PREFIX + form.dataset.draft
  const status = document.getElementById('draft-status')
  const values = () => Object.fromEntries(new FormData(form))
  const written = () => {
    const { version, ...texts } = values()
    return JSON.stringify(texts)
  }
  // What the server had when it made the page: something may have been typed since.
  const first = (field) => field.defaultValue ?? [...field.options].find((one) => one.defaultSelected)?.value ?? field.value
  const names = Object.keys(values()).filter((name) => name !== 'version')
  let saved = JSON.stringify(Object.fromEntries(names.map((name) => [name, first(form.elements[name])])))
  let sent = null
  let failed = false
  let retry = null

  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ operator: form.dataset.operator, values: values() }))
    } catch {
      // A full storage keeps nothing; the page still has the text.
    }
  }
  const forget = () => sessionStorage.removeItem(key)
  const save = () => form.dispatchEvent(new Event('save'))
  const say = (words) => {
    const line = document.createElement('span')
    line.textContent = words
    line.className = failed ? 'fault' : ''
    status.replaceChildren(line)
  }

  // What was not saved when the page was left comes back, for the same person only.
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (!kept) return
    if (kept.operator !== form.dataset.operator) return forget()
    const { version, ...texts } = kept.values
    if (JSON.stringify(texts) === saved) return forget()
    for (const [name, value] of Object.entries(kept.values)) {
      const field = form.elements[name]
      if (field) field.value = value
    }
    form.querySelectorAll('[data-counter]').forEach((field) => field.dispatchEvent(new Event('input', { bubbles: true })))
    keep()
    say(form.dataset.restored)
  }

  for (const change of ['input', 'change']) {
    form.addEventListener(change, (event) => {
      if (event.target.name && written() !== saved) keep()
    })
  }

  // A saving that waited for another sends what is written now, with the version that the other brought.
  form.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (ctx.sourceElement !== form) return
    ctx.request.body = new URLSearchParams(new FormData(form))
    sent = written()
  })

  form.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx.sourceElement !== form) return
    clearTimeout(retry)
    failed = !ctx.response.raw.ok
    if (failed) return keep()
    saved = sent
    if (written() === saved) forget()
  })

  form.addEventListener('htmx:error', ({ detail: { ctx } }) => {
    if (ctx?.sourceElement !== form) return
    failed = true
    keep()
    say(form.dataset.lost)
    clearTimeout(retry)
    retry = setTimeout(save, RETRY_MS)
  })

  // After signing in elsewhere.
  window.addEventListener('focus', () => {
    if (failed && written() !== saved && !status.querySelector('[data-draft-reload]')) save()
  })

  // A fault that came by itself is tied to its field.
  form.addEventListener('htmx:after:swap', () => {
    for (const fault of form.querySelectorAll('.fault[id$="-fault"]')) {
      const field = document.getElementById(fault.id.replace(/-fault$/, ''))
      if (!field) continue
      const ties = field.getAttribute('aria-describedby')?.split(' ') ?? []
      if (!ties.includes(fault.id)) field.setAttribute('aria-describedby', [fault.id, ...ties].join(' '))
      if (fault.textContent.trim()) field.setAttribute('aria-invalid', 'true')
      else field.removeAttribute('aria-invalid')
    }
  })

  // The page is left before the pause that a saving waits for.
  window.addEventListener('pagehide', () => {
    if (failed || written() === saved) return
    keep()
    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), keepalive: true, headers: { 'HX-Request': 'true' } }).catch(() => {})
  })
  window.addEventListener('beforeunload', (event) => {
    if (failed && written() !== saved) event.preventDefault()
  })

  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-draft-reload]')) return
    event.preventDefault()
    forget()
    saved = written()
    location.reload()
  })

  restore()
  if (written() !== saved) save()
}

if (form) document.addEventListener('DOMContentLoaded', () => setTimeout(start))
