// The whole quarter under a question: only what it can move is worked out again, the rest is as it was.
import { arithmetic } from './arithmetic.mjs'
import { averagesOf } from './averages.mjs'
import { trustsOf } from './nation.mjs'
import { scoreMatrix, scoreMetric } from './metric-scores.mjs'
import { overridden, overrideUnder } from './overrides.mjs'
import { cutPoints, segmentsBy } from './segments.mjs'

const isSameScore = (a, b) => a.score === b.score

const scoresUnder = (nation, asked, before) => {
  const scores = new Map(before?.scores)
  const pools = new Map(before?.pools)
  const wanted = before ? asked.metrics.map((each) => nation.metrics.get(each)) : [...nation.metrics.values()]
  for (const metric of wanted) {
    const made = scoreMetric(nation, metric, asked, before?.pools)
    scores.set(metric.id, made.results)
    for (const [key, pool] of made.pools) pools.set(key, pool)
  }
  for (const metric of wanted.filter((each) => each.matrix)) {
    const [row, column] = metric.parts.map((part) => scores.get(part))
    scores.set(metric.id, scoreMatrix(nation, metric, scores.get(metric.id), row, column))
  }
  return { scores, pools }
}

// The trusts with another score than before on a metric asked about, or of whom a core value came or went.
const movedTrusts = (nation, asked, scores, before) => {
  const moved = new Set(asked.changes.map((each) => each.place))
  for (const metricId of asked.metrics) {
    scores.get(metricId).forEach((each, place) => {
      if (!isSameScore(each, before.scores.get(metricId)[place])) moved.add(place)
    })
  }
  return moved
}

const averagesUnder = (nation, asked, scores, before) => {
  const places = before ? movedTrusts(nation, asked, scores, before) : nation.trusts.keys()
  const averages = before ? [...before.averages] : new Array(nation.trusts.length)
  for (const place of places) averages[place] = averagesOf(nation, place, scores, asked)
  return averages
}

const segmentedUnder = (nation, averages, before) => {
  const found = new Map()
  const add = (scoreId, scores) => {
    const was = before?.segmented.get(scoreId)
    if (was && was.scores.every((score, place) => score === scores[place])) {
      found.set(scoreId, was)
      return
    }
    const cuts = cutPoints(nation, scoreId, scores)
    found.set(scoreId, { scores, cuts, ...segmentsBy(nation, scoreId, scores, cuts) })
  }
  for (const { id } of nation.data.domains) add(id, averages.map((each) => each.domains.get(id)))
  add(nation.summary.average_metric_score, averages.map((each) => each.average))
  return found
}

// Rules 4: within the trust type by adjusted segment, then by average.
const leagueRanks = (nation, adjusted, scores) => {
  const ranks = adjusted.map(() => null)
  for (const { id } of nation.data.types) {
    const items = trustsOf(nation, [id]).filter((place) => adjusted[place] !== null)
    // One number for both: a segment weighs more than any score.
    const key = (place) => BigInt(adjusted[place]) * 10n ** 12n + scores[place]
    for (const [place, rank] of arithmetic.ranks(items, key)) ranks[place] = rank
  }
  return ranks
}

// `before` is the quarter as released; without it everything is worked out.
export const stateUnder = (nation, asked, before = null) => {
  const { scores, pools } = scoresUnder(nation, asked, before)
  const averages = averagesUnder(nation, asked, scores, before)
  const segmented = segmentedUnder(nation, averages, before)
  const own = segmented.get(nation.summary.average_metric_score)
  const flags = nation.trusts.map((_, place) => overrideUnder(nation, place, asked))
  const { floor, programmeSegment } = nation.data.override
  const adjusted = own.segments.map((segment, place) => overridden(segment, flags[place].flag, floor))
  const finals = nation.trusts.map((trust, place) => {
    if (own.segments[place] === null || !trust.isProgrammeKnown) return null
    return trust.inProgramme ? programmeSegment : adjusted[place]
  })
  return { scores, pools, averages, segmented, flags, adjusted, finals, leagueRanks: leagueRanks(nation, adjusted, own.scores) }
}
