// A question: the cells that it changes, and the published ranks, scores and flags that no longer hold then.
import { familyOf, madeOf, partitionOf, trustsOf, typesOf } from './nation.mjs'

const EMPTY = new Set()

const collect = (sets, metricId, places) => {
  if (!sets.has(metricId)) sets.set(metricId, new Set())
  for (const place of places) sets.get(metricId).add(place)
}

export const question = (nation, changes) => {
  const values = new Map()
  const ranks = new Map()
  const scores = new Map()
  const flags = new Set()
  const metrics = new Set()
  for (const { place, metricId, value } of changes) {
    const metric = nation.metrics.get(metricId)
    const { type } = nation.trusts[place]
    const looked = madeOf(nation, metricId)
    if (!values.has(metricId)) values.set(metricId, new Map())
    values.get(metricId).set(place, value)
    for (const each of [metric, ...looked]) metrics.add(each.id)
    collect(ranks, metricId, trustsOf(nation, [type]))
    if (familyOf(nation, metric).isRanked) {
      const part = partitionOf(nation, metric.poolId, type)
      collect(scores, metricId, trustsOf(nation, part === undefined ? [] : typesOf(nation, metric.poolId, part)))
    } else collect(scores, metricId, [place])
    for (const each of looked) collect(scores, each.id, [place])
    if (nation.data.override.inputs.includes(metricId)) flags.add(place)
  }
  return {
    values,
    ranks,
    scores,
    flags,
    metrics: [...metrics].sort(),
    changes,
    // Whether what is void is void: false is the quarter as released.
    isVoided: true,
    isChanged: true,
  }
}

export const nothing = { values: new Map(), ranks: new Map(), scores: new Map(), flags: EMPTY, metrics: [], changes: [] }

// The same without the changes: only what is void is gone.
export const voidedOnly = (asked) => ({ ...asked, values: new Map(), flags: EMPTY })

export const isRankVoid = (asked, metricId, place) => (asked.ranks.get(metricId) ?? EMPTY).has(place)

export const isScoreVoid = (asked, metricId, place) => (asked.scores.get(metricId) ?? EMPTY).has(place)

const countRows = (nation, sets, name) => {
  let count = 0
  for (const [metricId, places] of sets) {
    for (const place of places) count += nation.cells.get(metricId)[place]?.[name] ?? 0
  }
  return count
}

// How many published figures are void.
export const voidCounts = (nation, asked) => ({
  ranks: countRows(nation, asked.ranks, 'rankRows'),
  scores: countRows(nation, asked.scores, 'scoreRows'),
  flags: [...asked.flags].reduce((sum, place) => sum + nation.trusts[place].flagRows, 0),
})
