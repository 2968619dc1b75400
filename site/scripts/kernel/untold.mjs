// Which figures cannot be told once published ranks and scores are void, and why: those whose pool is not whole in
// hand, and all that is made of them. The same walk as the command's (orchestration/nof/whatif/untold.py).
import { keyOf } from './figures.mjs'
import { partitionOf } from './nation.mjs'
import { MADE_OF_SCORES, partitionFor } from './segments.mjs'

const PARTIAL = 'computed_partial_pool'
const PUBLISHED = 'published'

const poolWords = (metric, pool) => {
  if (!pool) return `the pool of ${metric.id} is not in hand`
  const of =
    pool.expected === null ? 'is not whole: a trust type is missing' : `has ${pool.inHand} of ${pool.expected}`
  return `cannot be computed: pool ${pool.poolId} of metric ${metric.id} ${of}`
}

// Reasons by key. `taken` says of a trust's place and a metric whether the question itself takes the cell away.
export const untoldOf = (nation, asked, state, figures, released, releasedState, taken) => {
  const found = new Map()
  const { trusts, summary } = nation
  const leave = (key, reason) => {
    if ((released.get(key) ?? null) === null && (figures.get(key) ?? null) === null) return
    if (!found.has(key)) found.set(key, reason)
  }
  const others = (what, type, untold) => {
    const count = [...untold.keys()].filter((place) => trusts[place].type === type).length
    return `the ${what} of ${count} of its trust type cannot be told`
  }

  const reasonOf = (metric, place) => {
    const was = releasedState.scores.get(metric.id)[place]
    const now = state.scores.get(metric.id)[place]
    if (now.score === null) {
      const isOwnDoing = [metric.id, ...metric.parts].some((each) => taken(place, each))
      if (was.score === null || was.basis !== PUBLISHED || isOwnDoing) return ''
      const missing = metric.parts.length
        ? `not both of ${metric.parts.join(' and ')} are in hand`
        : 'there is no value to score'
      return `the published score ${metric.scoreId} is void, and ${missing}`
    }
    if (now.basis !== PARTIAL || was.basis === PARTIAL) return ''
    const partition = partitionOf(nation, metric.poolId, trusts[place].type)
    return poolWords(metric, state.pools.get(`${metric.id}|${partition}`))
  }

  const metricOf = (metric, place) => {
    const { code } = trusts[place]
    const reason = reasonOf(metric, place)
    if (reason) {
      leave(keyOf('metric_score', code, metric.scoreId), reason)
      leave(keyOf('pool_rank', code, metric.id), reason)
      if (metric.entersAverage) {
        leave(keyOf('domain_score', code, metric.domainId), reason)
        leave(keyOf('average_metric_score', code, summary.average_metric_score), reason)
      }
    }
    const rank = keyOf('value_rank', code, metric.id)
    if (!taken(place, metric.id) && (figures.get(rank) ?? null) === null && (released.get(rank) ?? null) !== null) {
      leave(rank, `the published ranks of ${metric.id} are void, and its trust type is not whole`)
    }
  }

  const cutsOf = (scoreId, untold) => {
    const reasons = new Map()
    const partitions = new Set([...untold.keys()].map((place) => partitionFor(nation, scoreId, trusts[place].type)))
    for (const each of state.segmented.get(scoreId).cuts) {
      if (!MADE_OF_SCORES.includes(each.basis) || !partitions.has(each.partition)) continue
      const reason = `the cut points of ${scoreId} are made of scores that cannot be told`
      leave(keyOf('cut_point', '', scoreId, `${each.boundary} ${each.partition}`), reason)
      reasons.set(each.partition, reason)
    }
    return reasons
  }

  const segmentsOf = (scoreId, segmentKind, segmentId) => {
    const isAverage = scoreId === summary.average_metric_score
    const [score, place_] = isAverage ? ['average_metric_score', 'average_rank'] : ['domain_score', 'domain_rank']
    const untold = new Map()
    trusts.forEach(({ code }, place) => {
      const reason = found.get(keyOf(score, code, scoreId))
      if (reason !== undefined) untold.set(place, reason)
    })
    if (!untold.size) return
    const cuts = cutsOf(scoreId, untold)
    const types = new Set([...untold.keys()].map((place) => trusts[place].type))
    trusts.forEach(({ code, type }, place) => {
      const reason = untold.get(place) || cuts.get(partitionFor(nation, scoreId, type))
      if (reason) leave(keyOf(segmentKind, code, segmentId), reason)
      if (types.has(type)) leave(keyOf(place_, code, scoreId), others(score.replaceAll('_', ' '), type, untold))
    })
  }

  const overrides = () => {
    trusts.forEach(({ code }, place) => {
      const { unknown } = state.flags[place]
      if (unknown) leave(keyOf('financial_override', code, summary.financial_override), unknown)
      const key = keyOf('adjusted_segment', code, summary.adjusted_segment)
      let reason = found.get(keyOf('unadjusted_segment', code, summary.unadjusted_segment)) ?? ''
      if (!reason && (figures.get(key) ?? null) === null) reason = unknown
      if (!reason) return
      leave(key, reason)
      // Whoever is in the programme is in its segment, whatever the average.
      const final = keyOf('final_segment', code, summary.final_segment)
      const was = released.get(final) ?? null
      if ((figures.get(final) ?? null) !== was || was === (released.get(key) ?? null)) leave(final, reason)
    })
  }

  const leagues = () => {
    const untold = new Map()
    trusts.forEach(({ code }, place) => {
      for (const key of [
        keyOf('average_metric_score', code, summary.average_metric_score),
        keyOf('adjusted_segment', code, summary.adjusted_segment),
      ]) {
        if (found.has(key) && !untold.has(place)) untold.set(place, found.get(key))
      }
    })
    const types = new Set([...untold.keys()].map((place) => trusts[place].type))
    trusts.forEach(({ code, type }) => {
      if (types.has(type)) {
        leave(keyOf('league_rank', code, summary.adjusted_segment), others('segment', type, untold))
      }
    })
  }

  for (const metricId of asked.metrics) {
    const metric = nation.metrics.get(metricId)
    trusts.forEach((_, place) => nation.cells.get(metricId)[place] && metricOf(metric, place))
  }
  for (const { id, segmentId } of nation.data.domains) segmentsOf(id, 'domain_segment', segmentId)
  segmentsOf(summary.average_metric_score, 'unadjusted_segment', summary.unadjusted_segment)
  overrides()
  leagues()
  return found
}
