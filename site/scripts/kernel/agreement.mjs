// Whether the script finds again what the release says: every figure of the quarter, worked out here, beside its own.
import { arithmetic, parse, write } from './arithmetic.mjs'

// Where the first few differ, in words; none is the only answer that lets anybody ask.
export const differencesOf = (nation, state) => {
  const found = []
  const expect = (what, own, theirs) => {
    if ((own ?? null) !== (theirs ?? null)) found.push(`${what}: ${own} here, ${theirs} in the release`)
  }
  const { data, trusts, places } = nation
  for (const metric of nation.metrics.values()) {
    nation.cells.get(metric.id).forEach((cell, place) => {
      const own = state.scores.get(metric.id)[place]
      const what = `${trusts[place].code} ${metric.id}`
      expect(`${what} score`, own.score, cell.released.score)
      expect(`${what} rounded score`, own.score === null ? null : arithmetic.halfUp(own.score, places), cell.released.rounded)
      expect(`${what} basis`, own.basis, cell.released.basis)
      expect(`${what} pool rank`, own.poolRank, cell.released.poolRank)
      expect(`${what} value rank`, own.valueRank, cell.released.valueRank)
    })
  }
  const domains = new Map(data.domainScores.map(([place, id, ...rest]) => [`${place}|${id}`, rest]))
  const average = state.segmented.get(nation.summary.average_metric_score)
  trusts.forEach(({ code, released, flag }, place) => {
    for (const { id } of data.domains) {
      const [score, segment, rank] = domains.get(`${place}|${id}`) ?? []
      const own = state.segmented.get(id)
      expect(`${code} ${id}`, own.scores[place], parse(score, places))
      expect(`${code} ${id} segment`, own.segments[place], segment)
      expect(`${code} ${id} rank`, own.ranks[place], rank)
    }
    const [score, rank, unadjusted, adjusted, final, league] = released
    expect(`${code} average`, average.scores[place], parse(score, places))
    expect(`${code} rank of the average`, average.ranks[place], rank)
    expect(`${code} unadjusted segment`, average.segments[place], unadjusted)
    expect(`${code} flag`, state.flags[place].flag, flag)
    expect(`${code} adjusted segment`, state.adjusted[place], adjusted)
    expect(`${code} final segment`, state.finals[place], final)
    expect(`${code} league rank`, state.leagueRanks[place], league)
  })
  const text = (each) => `${each.scoreId} ${each.partition} ${each.boundary} ${write(each.cutPoint, 6)}`
  const own = [...state.segmented.values()].flatMap((each) => each.cuts.map(text)).sort()
  const theirs = data.cuts.map((each) => text({ ...each, cutPoint: arithmetic.cutPoint(each.cutPoint) })).sort()
  theirs.forEach((each, index) => expect('cut point', own[index], each))
  expect('cut points', own.length, theirs.length)
  return found
}
