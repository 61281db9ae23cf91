// An upload that arrived clears its form; one that did not is told, since no answer can tell it.
document.addEventListener('htmx:after:request', ({ target, detail: { ctx } }) => {
  if (target.matches?.('form[data-upload]') && ctx.response.raw.ok) target.reset()
})

document.addEventListener('htmx:error', ({ target }) => {
  if (!target.matches?.('form[data-upload]')) return
  document.getElementById('recipients-status').textContent = target.dataset.lost
})
