// Which values can be asked for: those that a file could bring in, within the bounds of the landed gate.
import { VALUE_PLACES, parse, write } from './arithmetic.mjs'

const PLAIN = /^[+-]?([0-9]{1,17}(\.[0-9]*)?|\.[0-9]+)$/
const NUMBER_WANTED = 'Write a plain number, such as 1234.5 or -0.2, without signs of thousands, percent or currency.'

const isBeyond = (number, bound) => {
  const low = parse(bound.min, VALUE_PLACES)
  const high = parse(bound.max, VALUE_PLACES)
  if (low !== null && (number < low || (bound.isMinOutside && number === low))) return true
  if (high !== null && (number > high || (bound.isMaxOutside && number === high))) return true
  return bound.isWhole && number % parse('1', VALUE_PLACES) !== 0n
}

const readNumber = (text, metric) => {
  if (!PLAIN.test(text)) return { fault: NUMBER_WANTED }
  const part = text.split('.')[1] ?? ''
  if (part.length > VALUE_PLACES) return { fault: `Write at most ${VALUE_PLACES} decimals.` }
  const number = parse(text, VALUE_PLACES)
  const beyond = metric.bounds.find((bound) => isBeyond(number, bound))
  if (beyond) return { fault: beyond.meaning }
  return { value: { number, label: null, text: write(number, VALUE_PLACES) } }
}

const readLabel = (text, metric) => {
  const label = [...metric.labelScores.keys()].find((each) => each.toLowerCase() === text.toLowerCase())
  if (label === undefined) return { fault: `Choose one of ${[...metric.labelScores.keys()].join(', ')}.` }
  return { value: { number: null, label, text: label } }
}

// One change, read: { value } (null takes the cell away), or { fault } in words.
export const readChange = (nation, place, metric, text) => {
  const cell = nation.cells.get(metric.id)[place]
  const type = nation.trusts[place].type
  if (metric.parts.length) return { fault: `It has no value of its own; it is made from ${metric.parts.join(' and ')}.` }
  if (metric.never.includes(type) || !cell) return { fault: 'This metric is not for trusts of this type.' }
  const asked = text.replaceAll('\u00a0', ' ').trim()
  if (asked === '') return cell.hasRow ? { value: null } : { fault: 'There is no value to take away.' }
  return metric.kind === 'label' ? readLabel(asked, metric) : readNumber(asked, metric)
}
