// Rules 3: cut points, and the segment and place of every trust by one score.
import { arithmetic, sortedNumbers } from './arithmetic.mjs'
import { partitionOf, trustsOf, typesOf } from './nation.mjs'

// Cut points that are made of the scores in hand; an observed or a fixed one stays.
export const MADE_OF_SCORES = ['computed', 'computed_partial_pool']

const partitionFor = (nation, scoreId, type) => {
  const cut = nation.data.segmentation[scoreId]
  return cut && partitionOf(nation, cut.poolId, type)
}

// The cut points of a score: a list of { boundary, partition, cutPoint, basis }.
export const cutPoints = (nation, scoreId, scores) => {
  const cut = nation.data.segmentation[scoreId]
  if (!cut) return []
  const own = nation.data.cuts.filter((each) => each.scoreId === scoreId)
  const inPartition = new Map()
  const found = []
  for (const each of own) {
    let { cutPoint } = each
    if (MADE_OF_SCORES.includes(each.basis)) {
      if (!inPartition.has(each.partition)) {
        const places = trustsOf(nation, typesOf(nation, cut.poolId, each.partition))
        inPartition.set(
          each.partition,
          sortedNumbers(places.map((place) => scores[place]).filter((score) => score !== null)),
        )
      }
      const counted = inPartition.get(each.partition)
      cutPoint = counted.length ? arithmetic.quantile(counted, nation.places, each.quantile) : null
    } else cutPoint = arithmetic.cutPoint(cutPoint)
    if (cutPoint !== null) found.push({ ...each, cutPoint })
  }
  return found
}

// Segments and ranks of every trust by a score: { segments, ranks }, each by place.
export const segmentsBy = (nation, scoreId, scores, cuts) => {
  const inside = nation.data.segmentation[scoreId]?.isCutPointInside
  const ofType = new Map(
    nation.data.types.map(({ id }) => {
      const partition = partitionFor(nation, scoreId, id)
      return [id, cuts.filter((each) => each.partition === partition)]
    }),
  )
  const segments = scores.map((score, place) => {
    const own = ofType.get(nation.trusts[place].type)
    if (score === null || !own?.length) return null
    return 1 + own.filter((each) => arithmetic.isBeyond(score, nation.places, each.cutPoint, inside)).length
  })
  const ranks = scores.map(() => null)
  for (const { id, isComplete } of nation.data.types) {
    if (!isComplete) continue
    const items = trustsOf(nation, [id]).filter((place) => segments[place] !== null)
    for (const [place, rank] of arithmetic.ranks(items, (each) => scores[each])) ranks[place] = rank
  }
  return { segments, ranks }
}

export { partitionFor }
