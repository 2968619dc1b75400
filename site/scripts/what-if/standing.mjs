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

// { moving, segments, ranks, untold, trusts }: the other trusts with a figure that moves, those with a segment or a
// rank that does, those of whom something cannot be told; and who they are.
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
    ]
  }
  const trusts = [...moved.keys()].map((each) => nation.byCode.get(each))
  const sizes = new Map(trusts.map((place) => [place, size(place)]))
  trusts.sort((a, b) => sizes.get(a)[0] - sizes.get(b)[0] || sizes.get(a)[1] - sizes.get(b)[1] || a - b)
  return {
    moving: moved.size,
    segments: count('adjusted_segment'),
    ranks: count('league_rank'),
    untold: untold.size,
    trusts,
  }
}
