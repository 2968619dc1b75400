// The fields in which values are changed: one for each metric of the trust, with what it is now beside it.
import { scoreOf } from '../kernel/figures.mjs'
import { details, el } from './dom.mjs'
import { NONE, better, boundsOf, plural, why } from './words.mjs'

const hint = (nation, metric, cell) => {
  const missing = cell.reason === null ? 'no value in hand' : `no value: ${nation.data.reasons[cell.reason]}`
  const now = cell.text === null ? missing : `now ${cell.text}`
  const said = [`${now}${cell.text !== null && metric.kind === 'number' ? ` ${metric.unit}` : ''}`]
  if (metric.kind === 'number') said.push(better(metric))
  const bounds = boundsOf(metric)
  if (bounds) said.push(bounds)
  const score = scoreOf(nation, cell.released.score)
  said.push(`score ${score ?? NONE}`)
  const text = said.join('; ')
  return `${text[0].toUpperCase()}${text.slice(1)}.`
}

const numberField = (id, metric, cell, describedBy) =>
  el(
    'div',
    { class: 'nhsuk-input-wrapper' },
    el('input', {
      class: 'nhsuk-input nhsuk-input--width-10',
      id,
      name: metric.id,
      type: 'text',
      inputmode: metric.bounds.some((each) => each.min !== null && !each.min.startsWith('-')) ? 'decimal' : null,
      autocomplete: 'off',
      spellcheck: 'false',
      value: cell.text ?? '',
      'aria-describedby': describedBy,
      'data-now': cell.text ?? '',
    }),
    el('div', { class: 'nhsuk-input-wrapper__suffix', 'aria-hidden': 'true' }, metric.unit),
  )

const labelField = (id, metric, cell, describedBy) =>
  el(
    'select',
    { class: 'nhsuk-select', id, name: metric.id, 'aria-describedby': describedBy, 'data-now': cell.text ?? '' },
    el('option', { value: '', selected: cell.text === null }, 'No value'),
    [...metric.labelScores.keys()].map((label) => el('option', { value: label, selected: label === cell.text }, label)),
  )

const fieldOf = (nation, metric, cell) => {
  const id = `what-if-${metric.id}`
  const describedBy = `${id}-hint ${id}-error`
  const make = metric.kind === 'label' ? labelField : numberField
  return el(
    'div',
    { class: 'nhsuk-form-group what-if-field', 'data-field': metric.id },
    el('label', { class: 'nhsuk-label', for: id }, metric.label),
    el('div', { class: 'nhsuk-hint', id: `${id}-hint` }, hint(nation, metric, cell)),
    el('span', { class: 'nhsuk-error-message', id: `${id}-error`, hidden: true }),
    make(id, metric, cell, describedBy),
    el('p', { class: 'what-if-field__result', hidden: true }),
  )
}

const fieldset = (label, fields) =>
  el(
    'fieldset',
    { class: 'nhsuk-fieldset what-if-domain' },
    el('legend', { class: 'nhsuk-fieldset__legend nhsuk-fieldset__legend--s' }, label),
    fields,
  )

// The fields of a trust, domain by domain; last those of metrics of which it has neither a value nor a score.
export const fieldsOf = (nation, place) => {
  const { type } = nation.trusts[place]
  const cellOf = (metric) => nation.cells.get(metric.id)[place]
  const own = [...nation.metrics.values()].filter(
    (each) => !each.parts.length && !each.never.includes(type) && cellOf(each),
  )
  const isEmpty = (metric) => cellOf(metric).text === null && cellOf(metric).released.score === null
  const made = nation.data.domains
    .map((domain) => [domain, own.filter((each) => each.domainId === domain.id && !isEmpty(each))])
    .filter(([, metrics]) => metrics.length)
    .map(([domain, metrics]) =>
      fieldset(
        domain.label,
        metrics.map((each) => fieldOf(nation, each, cellOf(each))),
      ),
    )
  const empty = own.filter(isEmpty)
  if (!empty.length) return made
  const fields = empty.map((each) => fieldOf(nation, each, cellOf(each)))
  return [...made, details(`${plural(empty.length, 'metric')} without a value`, fieldset('Metrics without a value', fields))]
}

const isSame = (text, now) => {
  const plain = /^[+-]?[0-9]*\.?[0-9]*$/
  if (text === now) return true
  return text !== '' && now !== '' && plain.test(text) && plain.test(now) && Number(text) === Number(now) && text.length < 16
}

// The changes that the fields ask for: those whose text is not what is in hand.
export const changesIn = (form, code) =>
  [...form.querySelectorAll('[data-now]')]
    .map((field) => ({ trust: code, metric: field.name, value: field.value.trim(), now: field.dataset.now }))
    .filter((each) => !isSame(each.value, each.now))

export const resetFields = (form) => {
  for (const field of form.querySelectorAll('[data-now]')) field.value = field.dataset.now
}

// What is wrong with a field, or nothing.
export const showFaults = (form, faults) => {
  for (const group of form.querySelectorAll('[data-field]')) {
    const fault = faults.find((each) => each.metric === group.dataset.field)
    const error = group.querySelector('.nhsuk-error-message')
    group.classList.toggle('nhsuk-form-group--error', Boolean(fault))
    group.querySelector('[data-now]').toggleAttribute('aria-invalid', false)
    if (fault) group.querySelector('[data-now]').setAttribute('aria-invalid', 'true')
    error.hidden = !fault
    error.textContent = fault ? `Not asked: ${fault.fault}` : ''
  }
}

// Beside a changed field: what becomes of its score.
export const showScores = (form, nation, answer, code) => {
  for (const group of form.querySelectorAll('[data-field]')) {
    const line = group.querySelector('.what-if-field__result')
    const metric = nation.metrics.get(group.dataset.field)
    const changed = answer?.changed.has(metric.id)
    group.classList.toggle('what-if-field--changed', Boolean(changed))
    line.hidden = !changed
    if (!changed) continue
    const score = answer.figure('metric_score', code, metric.scoreId)
    line.textContent = score.reason
      ? `Score cannot be told: ${why(score.reason)}.`
      : `Score ${score.before ?? NONE} → ${score.after ?? NONE}`
  }
}
