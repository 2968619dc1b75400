// The figures of a state by what they are of: kind, trust, measure, place. As the command names them.
import { arithmetic, write } from './arithmetic.mjs'

export const keyOf = (figure, trust, measure, place = '') => `${figure}|${trust}|${measure}|${place}`

export const partsOf = (key) => {
  const [figure, trust, measure, place] = key.split('|')
  return { figure, trust, measure, place }
}

const LEAST = 2 // Scores and cut points are given with two decimals at least.

const scoreText = (nation, rounded) => (rounded === null ? null : write(rounded, nation.places, LEAST))

export const scoreOf = (nation, score) =>
  score === null ? null : scoreText(nation, arithmetic.halfUp(score, nation.places))

// The figures of some metrics, and all that is made of metric scores.
export const figuresOf = (nation, state, metricIds) => {
  const found = new Map()
  const { trusts, summary, data } = nation
  for (const metricId of metricIds) {
    const { scoreId } = nation.metrics.get(metricId)
    state.scores.get(metricId).forEach((each, place) => {
      if (!nation.cells.get(metricId)[place]) return
      const { code } = trusts[place]
      found.set(keyOf('metric_score', code, scoreId), scoreOf(nation, each.score))
      found.set(keyOf('pool_rank', code, metricId), each.poolRank)
      found.set(keyOf('value_rank', code, metricId), each.valueRank)
    })
  }
  const segmentOf = new Map(data.domains.map((each) => [each.id, each.segmentId]))
  for (const [scoreId, { scores, segments, ranks, cuts }] of state.segmented) {
    const isAverage = scoreId === summary.average_metric_score
    const [score, segment, rank] = isAverage
      ? ['average_metric_score', 'unadjusted_segment', 'average_rank']
      : ['domain_score', 'domain_segment', 'domain_rank']
    const segmentId = isAverage ? summary.unadjusted_segment : segmentOf.get(scoreId)
    trusts.forEach(({ code }, place) => {
      found.set(keyOf(score, code, scoreId), scoreText(nation, scores[place]))
      found.set(keyOf(segment, code, segmentId), segments[place])
      found.set(keyOf(rank, code, scoreId), ranks[place])
    })
    for (const each of cuts) {
      const key = keyOf('cut_point', '', scoreId, `${each.boundary} ${each.partition}`)
      found.set(key, arithmetic.cutText(each.cutPoint, LEAST))
    }
  }
  trusts.forEach(({ code }, place) => {
    found.set(keyOf('financial_override', code, summary.financial_override), state.flags[place].flag)
    found.set(keyOf('adjusted_segment', code, summary.adjusted_segment), state.adjusted[place])
    found.set(keyOf('final_segment', code, summary.final_segment), state.finals[place])
    found.set(keyOf('league_rank', code, summary.adjusted_segment), state.leagueRanks[place])
  })
  return found
}
