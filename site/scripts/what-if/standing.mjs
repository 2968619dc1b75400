// Where a trust stands in an answer, and how many of the others move.

const OF_OTHERS = ['metric_score', 'domain_score', 'average_metric_score', 'adjusted_segment', 'league_rank']

export const standingOf = (nation, answer, code) => {
  const { summary } = nation
  const own = (kind, measure) => answer.figure(kind, code, measure)
  return {
    average_metric_score: own('average_metric_score', summary.average_metric_score),
    average_rank: own('average_rank', summary.average_metric_score),
    unadjusted_segment: own('unadjusted_segment', summary.unadjusted_segment),
    financial_override: own('financial_override', summary.financial_override),
    adjusted_segment: own('adjusted_segment', summary.adjusted_segment),
    final_segment: own('final_segment', summary.final_segment),
    league_rank: own('league_rank', summary.adjusted_segment),
  }
}

const SEEN = ['average_metric_score', 'adjusted_segment', 'league_rank']

// The other trusts with a figure that moves: how many, how many of them in segment, rank and average, of how many
// something cannot be told; who moves in one of these three (`trusts`), and who only in a score below (`slightly`).
export const othersOf = (nation, answer, code) => {
  const moved = new Map()
  const untold = new Set()
  for (const each of answer.figures) {
    if (!each.trust || each.trust === code) continue
    if (each.effect === 'cannot_be_told') untold.add(each.trust)
    if (each.effect !== 'moved' || !OF_OTHERS.includes(each.figure)) continue
    if (!moved.has(each.trust)) moved.set(each.trust, new Set())
    moved.get(each.trust).add(each.figure)
  }
  const count = (figure) => [...moved.values()].filter((each) => each.has(figure)).length
  const size = (place) => {
    const standing = standingOf(nation, answer, nation.trusts[place].code)
    const league = standing.league_rank
    return [
      standing.adjusted_segment.effect === 'moved' ? 0 : 1,
      -Math.abs((league.after ?? 0) - (league.before ?? 0)),
      league.after ?? 0,
    ]
  }
  const isSeen = (code) => SEEN.some((figure) => moved.get(code).has(figure))
  const codes = [...moved.keys()]
  const trusts = codes.filter(isSeen).map((each) => nation.byCode.get(each))
  const slightly = codes.filter((each) => !isSeen(each)).map((each) => nation.byCode.get(each))
  const sizes = new Map(trusts.map((place) => [place, size(place)]))
  const compare = (a, b) => a.map((each, index) => each - b[index]).find((each) => each !== 0) ?? 0
  trusts.sort((a, b) => compare(sizes.get(a), sizes.get(b)) || a - b)
  return {
    moving: moved.size,
    segments: count('adjusted_segment'),
    ranks: count('league_rank'),
    averages: count('average_metric_score'),
    untold: untold.size,
    trusts,
    slightly,
  }
}
