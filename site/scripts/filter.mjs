// Filters of a table or list: fields in [data-filters="id"] hide what does not match in the element with that id.
//
// A text field matches against data-text of each item (all words, any order); where an item has none, against the
// first element in it that the form's data-filter-text names, else against all its text. A select with a name
// matches data-<name>. How many are shown is told in the element with data-filter-count, which is a live region, so
// it waits until nobody types; what is shown does not wait. With data-filter-asked the list stays hidden until
// something is asked for.

const TOLD_AFTER = 400

// Accents and apostrophes do not count: "St Georges" finds "St George's".
const words = (text) =>
  text
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toLocaleLowerCase('en-GB')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

const textOf = (item, selector) =>
  item.dataset.text ?? ((selector && item.querySelector(selector)) || item).textContent

const told = (shown, all, isAsked) => {
  if (!isAsked) return ''
  return shown ? `${shown} of ${all} shown` : `None of ${all} matches. Use fewer words or another choice.`
}

const start = (form, list) => {
  const items = [...list.querySelectorAll('[data-item]')].map((item) => ({
    item,
    text: words(textOf(item, form.dataset.filterText)).join(' '),
  }))
  const fields = [...form.querySelectorAll('input, select')]
  const count = form.querySelector('[data-filter-count]')
  const waits = 'filterAsked' in form.dataset
  let timer

  const apply = () => {
    const asked = fields.filter((field) => (field.tagName === 'SELECT' ? field.value : words(field.value).length))
    const tests = asked.map((field) => {
      if (field.tagName === 'SELECT') return ({ item }) => item.dataset[field.name] === field.value
      const sought = words(field.value)
      return ({ text }) => sought.every((word) => text.includes(word))
    })
    let shown = 0
    for (const each of items) {
      each.item.hidden = !tests.every((test) => test(each))
      shown += each.item.hidden ? 0 : 1
    }
    if (waits) list.hidden = !asked.length || !shown
    if (!count) return
    const text = told(shown, items.length, !waits || asked.length > 0)
    clearTimeout(timer)
    timer = setTimeout(() => (count.textContent = text), TOLD_AFTER)
  }

  form.hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', apply)
  form.addEventListener('reset', () => setTimeout(apply))
  // A page that is come back to has its fields filled in again.
  window.addEventListener('pageshow', apply)
  apply()
}

export const startFilters = () => {
  for (const form of document.querySelectorAll('[data-filters]')) {
    const list = document.getElementById(form.dataset.filters)
    if (list) start(form, list)
  }
}
