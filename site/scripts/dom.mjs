// Elements from data: texts are always texts, whatever they look like.

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''))
  return made
}

export const quiet = (text) => (text ? element('span', { class: 'compare-note' }, text) : null)

export const segment = (number) => element('span', { class: `segment segment--${number}` }, String(number))

// Where a score lies from 1, the best, at the left to 4 at the right. Its number stands beside it, so this is for the eye.
export const track = (score) => {
  const make = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }
  const at = 6 + ((Number(score) - 1) / 3) * 84
  const svg = make('svg', { class: 'compare-track', viewBox: '0 0 96 12', width: '96', height: '12', 'aria-hidden': 'true', focusable: 'false' })
  svg.append(
    make('line', { x1: '6', y1: '6', x2: '90', y2: '6' }),
    ...[6, 34, 62, 90].map((x) => make('line', { x1: x, y1: '3', x2: x, y2: '9' })),
    make('circle', { cx: at.toFixed(1), cy: '6', r: '5' }),
  )
  return svg
}
