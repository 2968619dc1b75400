// Opening a quarter and asking it: released, before (without what is void), after, and what cannot be told.
import { figuresOf, keyOf, partsOf } from './figures.mjs'
import { readNation } from './nation.mjs'
import { nothing, question, voidCounts, voidedOnly } from './question.mjs'
import { stateUnder } from './state.mjs'
import { untoldOf } from './untold.mjs'
import { readChange } from './values.mjs'
import { differencesOf } from './agreement.mjs'

// A quarter ready to be asked. `differences` lists figures that are not found again as the release has them; a
// nation with any of them must not be asked.
export const openNation = (data) => {
  const nation = readNation(data)
  const released = stateUnder(nation, nothing)
  const figures = figuresOf(nation, released, nation.metrics.keys())
  const cutKeys = [...figures.keys()].filter((key) => partsOf(key).figure === 'cut_point')
  const asReleased = (kind, trust, measure, place = '') => {
    const value = figures.get(keyOf(kind, trust, measure, place)) ?? null
    return { released: value, before: value, after: value, reason: '', effect: null }
  }
  return { ...nation, released, figures, cutKeys, asReleased, kept: {}, differences: differencesOf(nation, released) }
}

const effectOf = (key, { released, before, after, reasons }) => {
  if (reasons.has(key)) return 'cannot_be_told'
  if (before(key) !== after(key)) return 'moved'
  return before(key) !== (released.get(key) ?? null) ? 'by_voiding' : null
}

// The quarter without what is void. It is the same for every value of a field, so the last one is kept.
const withoutVoid = (nation, asked, read, released) => {
  const name = read.map((each) => `${each.place}|${each.metricId}`).sort().join()
  if (nation.kept.name !== name) {
    const state = stateUnder(nation, voidedOnly(asked), nation.released)
    const figures = figuresOf(nation, state, asked.metrics)
    const reasons = untoldOf(nation, asked, state, figures, released, nation.released, () => false)
    nation.kept = { name, figures, reasons }
  }
  return nation.kept
}

// Changes as { trust, metric, value } with the value as text, '' to take it away.
export const ask = (nation, changes) => {
  const faults = []
  const read = []
  const seen = new Set()
  for (const { trust, metric: metricId, value } of changes) {
    const place = nation.byCode.get(trust)
    const metric = nation.metrics.get(metricId)
    let fault = 'There is no such trust or metric in this quarter.'
    let asked
    if (place !== undefined && metric) ({ fault, value: asked } = readChange(nation, place, metric, value))
    if (!fault && seen.has(`${trust}|${metricId}`)) fault = 'It is changed twice.'
    seen.add(`${trust}|${metricId}`)
    if (fault) faults.push({ trust, metric: metricId, value, fault })
    else read.push({ place, metricId, value: asked })
  }
  if (faults.length || !read.length) return { faults, figures: [], voided: null }

  const asked = question(nation, read)
  const taken = new Set(read.filter((each) => each.value === null).map((each) => `${each.place}|${each.metricId}`))
  const released = nation.figures
  const states = { after: stateUnder(nation, asked, nation.released) }
  const figures = { after: figuresOf(nation, states.after, asked.metrics) }
  const reasons = untoldOf(nation, asked, states.after, figures.after, released, nation.released, (place, metricId) =>
    taken.has(`${place}|${metricId}`),
  )
  const without = withoutVoid(nation, asked, read, released)
  const before = (key) =>
    ((without.reasons.has(key) || reasons.has(key) ? released : without.figures).get(key) ?? null)
  const after = (key) => (reasons.has(key) ? null : (figures.after.get(key) ?? null))
  const view = { released, before, after, reasons }
  const moving = []
  for (const key of new Set([...figures.after.keys(), ...nation.cutKeys])) {
    const effect = effectOf(key, view)
    if (!effect) continue
    moving.push({
      ...partsOf(key),
      effect,
      released: released.get(key) ?? null,
      before: before(key),
      after: after(key),
      reason: reasons.get(key) ?? '',
    })
  }
  return {
    faults,
    figures: moving,
    voided: voidCounts(nation, asked),
    // A figure of the answer, moved or not.
    figure: (kind, trust, measure, place = '') => {
      const key = keyOf(kind, trust, measure, place)
      return {
        released: released.get(key) ?? null,
        before: before(key),
        after: after(key),
        reason: reasons.get(key) ?? '',
        effect: effectOf(key, view),
      }
    },
    // Trusts of which confidential deficit support keeps the override from being told here.
    hidden: nation.trusts.filter((_, place) => states.after.flags[place].isHidden).map((each) => each.code),
    notCounted: read.filter(
      (each) => each.value !== null && !states.after.scores.get(each.metricId)[each.place].isScored,
    ),
    hasObservedCuts: nation.data.cuts.some((each) => each.basis === 'observed'),
  }
}
