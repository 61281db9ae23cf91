// How much is written, as IO counts: UTF-16 units, which is what a string's length is here.
const italian = new Intl.NumberFormat('it-IT', { useGrouping: 'always' })

const show = (field) => {
  const counter = document.getElementById(field.dataset.counter)
  if (!counter) return
  const found = field.value.replace(/\r\n?/g, '\n').length
  const [min, max] = [Number(field.dataset.min), Number(field.dataset.max)]
  const key = found < min ? 'short' : found > max ? 'long' : 'right'
  counter.textContent = counter.dataset[key]
    .replace('{found}', italian.format(found))
    .replace('{left}', italian.format(found < min ? min - found : found > max ? found - max : max - found))
  counter.classList.toggle('fault', found > 0 && key !== 'right')
}

document.addEventListener('input', (event) => {
  if (event.target.dataset?.counter) show(event.target)
})
for (const field of document.querySelectorAll('[data-counter]')) show(field)
