// Making elements; what is shown is text, never markup, so a name with signs of markup is shown and not run.

export const el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '')
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value)
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== ''))
  return made
}

export const hiddenText = (text) => el('span', { class: 'nhsuk-u-visually-hidden' }, text)

// A table of rows; each cell is a text or an element, the first heads its row.
export const table = (caption, header, rows, numeric = []) => {
  const isNumeric = (place) => (numeric.includes(place) ? ' nhsuk-table__cell--numeric' : '')
  return el(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' },
    el(
      'table',
      { class: 'nhsuk-table what-if-table' },
      el('caption', { class: 'nhsuk-table__caption nhsuk-table__caption--s' }, caption),
      el(
        'thead',
        { class: 'nhsuk-table__head' },
        el(
          'tr',
          { class: 'nhsuk-table__row' },
          header.map((label, place) =>
            el(
              'th',
              {
                class: `nhsuk-table__header${numeric.includes(place) ? ' nhsuk-table__header--numeric' : ''}`,
                scope: 'col',
              },
              label,
            ),
          ),
        ),
      ),
      el(
        'tbody',
        { class: 'nhsuk-table__body' },
        rows.map((cells) =>
          el(
            'tr',
            { class: 'nhsuk-table__row' },
            cells.map((cell, place) =>
              place === 0
                ? el('th', { class: 'nhsuk-table__header', scope: 'row' }, cell)
                : el('td', { class: `nhsuk-table__cell${isNumeric(place)}` }, cell),
            ),
          ),
        ),
      ),
    ),
  )
}

export const details = (summary, body) =>
  el(
    'details',
    { class: 'nhsuk-details' },
    el(
      'summary',
      { class: 'nhsuk-details__summary' },
      el('span', { class: 'nhsuk-details__summary-text' }, summary),
    ),
    el('div', { class: 'nhsuk-details__text' }, body),
  )

export const segment = (number) =>
  el('span', { class: `segment segment--${number}`, 'aria-label': `segment ${number}`, role: 'img' }, `${number}`)
