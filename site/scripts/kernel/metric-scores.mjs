// Rules 1: the score of every trust on a metric, its place in the pool and in its trust type.
import { arithmetic } from './arithmetic.mjs'
import { familyOf, partitionsOf, trustsOf, typesOf } from './nation.mjs'
import { isRankVoid, isScoreVoid } from './question.mjs'

// A cell under a question: its value, what is published of it, and whether it is scored.
const cellUnder = (nation, metric, place, asked) => {
  const cell = nation.cells.get(metric.id)[place]
  if (!cell) return null
  const changed = asked.values.get(metric.id)
  const value = changed?.has(place) ? (changed.get(place) ?? { number: null, label: null }) : cell
  return {
    number: value.number,
    label: value.label,
    published: isScoreVoid(asked, metric.id, place) ? null : cell.published,
    rank: isRankVoid(asked, metric.id, place) ? null : cell.rank,
    isExcluded: cell.isExcluded,
    isNever: metric.never.includes(nation.trusts[place].type),
    released: cell.released,
  }
}

export const numberUnder = (nation, metricId, place, asked) =>
  cellUnder(nation, nation.metrics.get(metricId), place, asked)?.number ?? null

const hasSomething = (cell) => cell.number !== null || cell.label !== null || cell.published !== null

const isScored = (nation, metric, cell, place, asked) => {
  if (!cell || cell.isExcluded || cell.isNever) return false
  if (hasSomething(cell)) return true
  if (!metric.parts.length) return false
  return metric.parts.every((part) => {
    const own = cellUnder(nation, nation.metrics.get(part), place, asked)
    return own && (own.number !== null || own.published !== null)
  })
}

const badness = (metric, number) => (metric.polarity === 'higher' ? -number : number)

const isMet = (metric, number) => {
  if (metric.threshold === null) return null
  return metric.comparator === 'at_least' ? number >= metric.threshold : number <= metric.threshold
}

const bandScore = (metric, cell) => {
  if (metric.family !== 'band') return null
  if (cell.number !== null) {
    const band = metric.bands.find(
      ({ low, isLowInside, high, isHighInside }) =>
        (low === null || cell.number > low || (isLowInside && cell.number === low)) &&
        (high === null || cell.number < high || (isHighInside && cell.number === high)),
    )
    if (band) return band.score
  }
  return cell.label !== null ? (metric.labelScores.get(cell.label) ?? null) : null
}

const NONE = Object.freeze({ score: null, basis: null, poolRank: null, valueRank: null, isScored: false })

// What a score stands on: made here where nothing of its pool is missing, otherwise as published, otherwise of a part.
const based = (cell, made, isWhole) => {
  if (made !== null && isWhole) return { score: made, basis: 'computed' }
  if (cell.published !== null) return { score: cell.released.score, basis: cell.released.basis }
  if (made !== null) return { score: made, basis: 'computed_partial_pool' }
  return { score: null, basis: null }
}

// The ranked part of a pool: published ranks order it where the pool is one trust type and everybody has one.
const rankedPart = (metric, ranked, isOneType) => {
  const byPublished = isOneType && ranked.every(([, cell]) => cell.rank !== null)
  return arithmetic.ranks(ranked, ([, cell]) => (byPublished ? BigInt(cell.rank) : badness(metric, cell.number)))
}

// Is the pool whole? It was before the question, and a question makes it neither whole nor short.
const poolOf = (nation, metric, partition, ranked, excluded, kept) => {
  const inHand = ranked + excluded
  const before = kept?.get(`${metric.id}|${partition}`)
  const recorded = nation.data.poolSizes[metric.id]?.[partition] ?? null
  if (before) {
    const expected = before.expected === null ? null : before.expected + inHand - before.inHand
    return { poolId: metric.poolId, inHand, expected, isComplete: before.isComplete }
  }
  const areTypesWhole = typesOf(nation, metric.poolId, partition).every((type) => nation.isComplete(type))
  return {
    poolId: metric.poolId,
    inHand,
    expected: recorded,
    isComplete: recorded === null ? areTypesWhole : inHand >= recorded,
  }
}

const valueRanks = (nation, metric, cells, scored, results) => {
  for (const type of new Set(nation.trusts.map((each) => each.type))) {
    const items = trustsOf(nation, [type]).filter((place) => scored[place] && cells[place].number !== null)
    const ranks = arithmetic.ranks(items, (place) => badness(metric, cells[place].number))
    for (const place of items) {
      const own = nation.isComplete(type) ? ranks.get(place) : null
      results[place].valueRank = cells[place].rank ?? own
    }
  }
}

// All trusts on a metric that is not looked up.
export const scoreMetric = (nation, metric, asked, kept) => {
  const family = familyOf(nation, metric)
  const cells = nation.trusts.map((_, place) => cellUnder(nation, metric, place, asked))
  const scored = cells.map((cell, place) => isScored(nation, metric, cell, place, asked))
  const results = scored.map((is) => ({ ...NONE, isScored: is }))
  const pools = new Map()
  const inPools = new Set()
  for (const partition of family.isRanked ? partitionsOf(nation, metric.poolId) : []) {
    const types = typesOf(nation, metric.poolId, partition)
    const places = trustsOf(nation, types)
    const members = places.filter((place) => scored[place] && cells[place].number !== null)
    const isFixed = (place) => {
      const met = isMet(metric, cells[place].number)
      return met !== null && met === family.fixedWhenMet
    }
    const ranked = members.filter((place) => !isFixed(place)).map((place) => [place, cells[place]])
    const excluded = places.filter((place) => cells[place]?.isExcluded && cells[place].number !== null).length
    const pool = poolOf(nation, metric, partition, ranked.length, excluded, kept)
    pools.set(`${metric.id}|${partition}`, pool)
    const ranks = rankedPart(metric, ranked, types.length === 1)
    for (const place of members.filter(isFixed)) {
      inPools.add(place)
      Object.assign(results[place], based(cells[place], arithmetic.exact(family.fixedScore), true))
    }
    for (const item of ranked) {
      const [place, cell] = item
      inPools.add(place)
      const made = arithmetic.ranked(family.low, family.high, ranks.get(item), ranked.length)
      Object.assign(results[place], based(cell, made, pool.isComplete))
      results[place].poolRank = pool.isComplete ? ranks.get(item) : null
    }
  }
  for (const [place, is] of scored.entries()) {
    if (is && !inPools.has(place)) {
      const made = bandScore(metric, cells[place])
      Object.assign(results[place], based(cells[place], made, made !== null))
    }
  }
  valueRanks(nation, metric, cells, scored, results)
  return { results, pools }
}

// A metric that is looked up from two others' scores; its published score only where they are not both in hand.
export const scoreMatrix = (nation, metric, own, rowScores, columnScores) => {
  const lookup = new Map(metric.matrix.cells.map(([row, column, score]) => [`${row}|${column}`, score]))
  const order = nation.data.bases
  const key = (score) => {
    const rounded = arithmetic.halfUp(score, 0)
    return arithmetic.widened(rounded, 0) === score ? `${rounded}` : 'between'
  }
  return own.map((result, place) => {
    const [row, column] = [rowScores[place], columnScores[place]]
    if (!result.isScored || row.score === null || column.score === null) return result
    const found = lookup.get(`${key(row.score)}|${key(column.score)}`)
    if (found === undefined) return result
    const basis = order[row.basis] >= order[column.basis] ? row.basis : column.basis
    return { ...result, score: arithmetic.exact(found), basis }
  })
}


