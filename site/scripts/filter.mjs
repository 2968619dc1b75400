// Filters of a table or list: fields in [data-filters="id"] hide what does not match in the element with that id.
//
// A text field matches against data-text of each item (all words, any order); a select with a name matches
// data-<name>. How many are shown is told in the element with data-filter-count, which is a live region.

const words = (text) => text.toLocaleLowerCase('en-GB').split(/[^\p{L}\p{N}]+/u).filter(Boolean)

const matches = (item, fields) =>
  fields.every((field) => {
    if (!field.value) return true
    if (field.tagName === 'SELECT') return item.dataset[field.name] === field.value
    const text = words(item.dataset.text ?? item.textContent).join(' ')
    return words(field.value).every((word) => text.includes(word))
  })

const apply = (list, fields, count) => {
  const items = [...list.querySelectorAll('[data-item]')]
  let shown = 0
  for (const item of items) {
    item.hidden = !matches(item, fields)
    shown += item.hidden ? 0 : 1
  }
  if (count) count.textContent = `${shown} of ${items.length} shown`
}

export const startFilters = () => {
  for (const form of document.querySelectorAll('[data-filters]')) {
    const list = document.getElementById(form.dataset.filters)
    if (!list) continue
    const fields = [...form.querySelectorAll('input, select')]
    const count = form.querySelector('[data-filter-count]')
    form.hidden = false
    form.addEventListener('submit', (event) => event.preventDefault())
    for (const field of fields) field.addEventListener('input', () => apply(list, fields, count))
    apply(list, fields, count)
  }
}
