// Rules 2: domain scores and the average metric score of a trust; a weight group counts as one metric.
import { arithmetic } from './arithmetic.mjs'
import { numberUnder } from './metric-scores.mjs'

const averageOf = (parts) => {
  if (!parts.length) return null
  const units = new Map()
  for (const [group, score] of parts) units.set(group, [...(units.get(group) ?? []), score])
  return arithmetic.mean([...units.values()].map((scores) => arithmetic.mean(scores)))
}

// A domain of a trust type that is not whole stands only where the trust has every core metric of it.
const isCoreInHand = (nation, place, domainId, asked) => {
  const core = (nation.data.core[nation.trusts[place].type] ?? []).filter(
    (metricId) => nation.metrics.get(metricId)?.domainId === domainId && nation.cells.get(metricId)[place],
  )
  return core.length > 0 && core.every((metricId) => numberUnder(nation, metricId, place, asked) !== null)
}

// The rounded scores of one trust: { average, domains: Map by identifier }; null where there is none.
export const averagesOf = (nation, place, scores, asked) => {
  const { places } = nation
  const all = []
  const byDomain = new Map(nation.data.domains.map((each) => [each.id, []]))
  for (const metric of nation.metrics.values()) {
    const { score } = scores.get(metric.id)[place]
    if (!metric.entersAverage || score === null) continue
    const own = metric.isRoundedFirst ? arithmetic.widened(arithmetic.halfUp(score, places), places) : score
    all.push([metric.weightGroup, own])
    byDomain.get(metric.domainId)?.push([metric.weightGroup, own])
  }
  const isWhole = nation.isComplete(nation.trusts[place].type)
  const rounded = (score) => (score === null ? null : arithmetic.halfUp(score, places))
  return {
    average: isWhole ? rounded(averageOf(all)) : null,
    domains: new Map(
      [...byDomain].map(([domainId, parts]) => [
        domainId,
        isWhole || isCoreInHand(nation, place, domainId, asked) ? rounded(averageOf(parts)) : null,
      ]),
    ),
  }
}
