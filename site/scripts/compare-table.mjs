// The comparison as a table: a column for each trust, a row for each figure. What a cell lacks, it says why.
import { element, quiet, segment, track } from './dom.mjs'

const NOT_FOR_TYPE = 'Not about trusts of this type'

const figureCell = (data, [main, note], kind) => {
  const text = data.texts[note]
  if (main === null) return element('td', { class: 'nhsuk-table__cell' }, quiet(text))
  const shown = kind === 'segment' ? segment(main) : element('span', { class: 'compare-figure' }, main)
  return element('td', { class: 'nhsuk-table__cell' }, shown, kind === 'score' ? track(main) : null, quiet(text))
}

const domainCell = (data, found) => {
  if (!found) return element('td', { class: 'nhsuk-table__cell' }, quiet('No score'))
  const [score, own, note] = found
  if (score === null) return element('td', { class: 'nhsuk-table__cell' }, quiet(data.texts[note]))
  const inSegment = own === null ? null : element('span', { class: 'compare-note' }, 'Domain segment ', segment(own))
  return element(
    'td',
    { class: 'nhsuk-table__cell' },
    element('span', { class: 'compare-figure' }, score),
    track(score),
    inSegment,
    quiet(data.texts[note]),
  )
}

const metricCell = (data, found) => {
  if (!found) return element('td', { class: 'nhsuk-table__cell' }, quiet(NOT_FOR_TYPE))
  const [value, score, note, part, distance] = found
  const parts = []
  if (value !== null) parts.push(element('span', { class: 'compare-figure' }, value))
  if (score !== null) parts.push(element('span', { class: 'compare-score' }, `Score ${score}`), track(score))
  if (part !== null) {
    const apart = distance === null ? '' : `; ${distance} against the median score`
    parts.push(quiet(`${part} of the average${apart}`))
  }
  const text = data.texts[note]
  if (value === null && score !== null) parts.unshift(quiet('No value in hand'))
  return element('td', { class: 'nhsuk-table__cell' }, ...parts, quiet(text && text[0].toUpperCase() + text.slice(1)))
}

const row = (label, cells, ...below) =>
  element(
    'tr',
    { class: 'nhsuk-table__row' },
    element('th', { class: 'nhsuk-table__header', scope: 'row' }, label, ...below),
    ...cells,
  )

// Above each part but the first the names stand again, for the eye, as the table is long.
const group = (label, span, trusts, rows) =>
  element(
    'tbody',
    { class: 'nhsuk-table__body' },
    element(
      'tr',
      { class: 'nhsuk-table__row compare-group' },
      element('th', { class: 'nhsuk-table__header', scope: 'rowgroup', colspan: trusts.length ? null : span }, label),
      ...trusts.map((trust) =>
        element('td', { class: 'nhsuk-table__cell' }, element('span', { class: 'compare-again', 'aria-hidden': 'true' }, trust.n)),
      ),
    ),
    ...rows,
  )

// The medians of the types that are compared, each once.
const medians = (data, chosen, metric) => {
  const keys = [...new Set(chosen.map((code) => `${data.trusts[code].t} ${data.trusts[code].q}`))]
  const told = keys
    .filter((key) => data.medians[key]?.[metric])
    .map((key) => `${data.types[key.split(' ')[0]]} ${data.medians[key][metric]}`)
  return told.length ? quiet(`Median: ${told.join('; ')}`) : null
}

const heading = (data, code, remove) => {
  const trust = data.trusts[code]
  const button = element('button', { class: 'compare-remove', type: 'button', 'data-code': code }, 'Remove')
  button.append(element('span', { class: 'nhsuk-u-visually-hidden' }, ` ${trust.n}`))
  button.addEventListener('click', () => remove(code))
  return element(
    'th',
    { class: 'nhsuk-table__header', scope: 'col' },
    element('a', { href: `trust/${code}.html` }, trust.n),
    quiet(`${code}, ${data.types[trust.t]}, ${data.quarters[trust.q]}`),
    quiet(trust.r),
    button,
  )
}

export const comparisonTable = (data, chosen, remove) => {
  const trusts = chosen.map((code) => data.trusts[code])
  const span = String(chosen.length + 1)
  const bodies = [
    group(
      'Segment, and how it came about',
      span,
      [],
      data.summary.map(([label, kind], number) => row(label, trusts.map((trust) => figureCell(data, trust.s[number], kind)))),
    ),
    group(
      'Domain scores',
      span,
      trusts,
      data.domains
        .filter(([, , isScored]) => isScored)
        .map(([id, label]) => row(label, trusts.map((trust) => domainCell(data, trust.d[id])))),
    ),
  ]
  for (const [id, label] of data.domains) {
    const rows = data.metrics
      .filter(([metric, , domain]) => domain === id && trusts.some((trust) => trust.m[metric]))
      .map(([metric, name, , path]) =>
        row(
          element('a', { href: path }, name),
          trusts.map((trust) => metricCell(data, trust.m[metric])),
          quiet(metric),
          medians(data, chosen, metric),
        ),
      )
    if (rows.length) bodies.push(group(`Metrics: ${label}`, span, trusts, rows))
  }
  const caption = `${chosen.length === 1 ? 'One trust' : `${chosen.length} trusts side by side`}: segment, domains, metrics`
  const types = new Set(trusts.map((trust) => trust.t))
  const table = element(
    'table',
    { class: 'nhsuk-table compare-table' },
    element('caption', { class: 'nhsuk-table__caption nhsuk-table__caption--s' }, caption),
    element(
      'thead',
      { class: 'nhsuk-table__head' },
      element(
        'tr',
        { class: 'nhsuk-table__row' },
        element('th', { class: 'nhsuk-table__header', scope: 'col' }, 'Figure'),
        ...chosen.map((code) => heading(data, code, remove)),
      ),
    ),
    ...bodies,
  )
  return [
    types.size > 1
      ? element('p', { class: 'nhsuk-inset-text' }, 'These trusts are of more than one type. League ranks are within the type, and a metric may be about one type only.')
      : null,
    element('div', { class: 'scroll', role: 'region', 'aria-label': 'Trusts side by side', tabindex: '0' }, table),
    element('p', { class: 'table-note' }, 'A part of the average is weight times score: the parts of a trust add up to its average. Against the median score: below 0 the metric makes the average better than the median score of its type would.'),
  ].filter(Boolean)
}
