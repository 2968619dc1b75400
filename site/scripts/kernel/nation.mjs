// The quarter as it came in the data, made ready: trusts by place, metrics by identifier, cells by metric and trust.
import { VALUE_PLACES, arithmetic, parse } from './arithmetic.mjs'

const EXCLUDED = 'excluded_by_register'

const cellOf = (row, metric, places) => {
  const [, value, rank, reason, basis, unrounded, score, poolRank, valueRank, published, rankRows, scoreRows, hasRow] = row
  const isNumber = metric.kind === 'number'
  return {
    number: isNumber ? parse(value ?? null, VALUE_PLACES) : null,
    label: isNumber ? null : (value ?? null),
    text: value ?? null,
    rank: rank ?? null,
    reason: reason ?? null,
    isExcluded: reason === EXCLUDED,
    published: arithmetic.exact(published ?? null),
    rankRows: rankRows ?? 0,
    scoreRows: scoreRows ?? 0,
    hasRow: Boolean(hasRow),
    released: {
      score: arithmetic.exact(unrounded ?? null),
      rounded: parse(score ?? null, places),
      basis: basis ?? null,
      poolRank: poolRank ?? null,
      valueRank: valueRank ?? null,
    },
  }
}

const metricOf = (given) => ({
  ...given,
  threshold: parse(given.threshold, VALUE_PLACES),
  parts: given.matrix ? [given.matrix.row, given.matrix.column] : [],
  labelScores: new Map(given.labels.map(([label, score]) => [label, arithmetic.exact(score)])),
  bands: given.bands.map((each) => ({
    ...each,
    low: parse(each.low, VALUE_PLACES),
    high: parse(each.high, VALUE_PLACES),
    score: arithmetic.exact(each.score),
  })),
})

export const readNation = (data) => {
  const metrics = new Map(data.metrics.map((each) => [each.id, metricOf(each)]))
  const cells = new Map()
  for (const metric of metrics.values()) {
    const found = new Array(data.trusts.length)
    for (const row of data.cells[metric.id]) found[row[0]] = cellOf(row, metric, data.scorePlaces)
    cells.set(metric.id, found)
  }
  const complete = new Map(data.types.map((each) => [each.id, each.isComplete]))
  return {
    data,
    places: data.scorePlaces,
    trusts: data.trusts,
    metrics,
    cells,
    byCode: new Map(data.trusts.map((each, place) => [each.code, place])),
    isComplete: (type) => Boolean(complete.get(type)),
    summary: data.summary,
  }
}

export const familyOf = (nation, metric) => nation.data.families[metric.family]

// The part of a metric's pool that a trust type is ranked in; undefined where the pool does not have the type.
export const partitionOf = (nation, poolId, type) => (nation.data.partitions[poolId] ?? {})[type]

// The trust types that are ranked together in a part of a pool.
export const typesOf = (nation, poolId, partition) =>
  Object.entries(nation.data.partitions[poolId] ?? {})
    .filter(([, part]) => part === partition)
    .map(([type]) => type)

// The metrics whose score is looked up from that of another.
export const madeOf = (nation, metricId) =>
  [...nation.metrics.values()].filter((each) => each.parts.includes(metricId))

// The places of the trusts of some types.
export const trustsOf = (nation, types) =>
  nation.trusts.map((_, place) => place).filter((place) => types.includes(nation.trusts[place].type))

export const partitionsOf = (nation, poolId) => [...new Set(Object.values(nation.data.partitions[poolId] ?? {}))]
