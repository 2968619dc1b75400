// What the page says in sentences: bounds, standings, how many others move, what is void and what cannot be told.

export const UNTOLD = 'cannot be told'
export const NONE = '–'

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

const list = (parts) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`

export const better = (metric) => (metric.polarity === 'higher' ? 'higher is better' : 'lower is better')

// The bounds of the landed gate, shortly; empty where there are none.
export const boundsOf = (metric) => {
  const said = []
  for (const each of metric.bounds) {
    if (each.isWhole) said.push('whole numbers')
    else if (each.min !== null && each.max !== null) {
      said.push(each.isMinOutside ? `above ${each.min}, at most ${each.max}` : `from ${each.min} to ${each.max}`)
    } else if (each.min !== null) said.push(each.isMinOutside ? `above ${each.min}` : `${each.min} or more`)
    else if (each.max !== null) said.push(`${each.max} or less`)
  }
  return list(said)
}

export const shown = (value) => {
  if (value === null || value === undefined) return NONE
  if (value === true) return 'set'
  if (value === false) return 'not set'
  return `${value}`
}

const spoken = (name, figure) => {
  if (figure.reason) return `${name} cannot be told.`
  const now = figure.after === null ? 'none' : shown(figure.after)
  const was = figure.before === null ? 'none' : shown(figure.before)
  return was === now ? `${name} stays ${now}.` : `${name} ${now}, was ${was}.`
}

// What is read out after a change.
export const announcement = (standing, others) =>
  [
    spoken('Segment', standing.adjusted_segment),
    spoken('Average metric score', standing.average_metric_score),
    spoken('League rank', standing.league_rank),
    `${othersSentence(others)}`,
  ].join(' ')

export const othersSentence = ({ moving, segments, ranks, averages, slightly, untold }) => {
  const parts = []
  if (segments) parts.push(`${plural(segments, 'changes', 'change')} segment`)
  if (ranks) parts.push(`${plural(ranks, 'changes', 'change')} league rank`)
  if (averages) parts.push(`${plural(averages, 'changes', 'change')} average`)
  if (slightly.length) parts.push(`${plural(slightly.length, 'moves', 'move')} in a metric or domain score only`)
  const said = moving
    ? `${plural(moving, 'other trust')} would move${parts.length ? `: ${list(parts)}` : ''}.`
    : 'No other trust would move.'
  if (!untold) return said
  const open = `Of ${plural(untold, 'other trust')} not all can be told.`
  return moving ? `${said} ${open}` : `Whether others would move is open. ${open}`
}

const voidSentence = ({ ranks, scores, flags }) => {
  const parts = []
  if (ranks) parts.push(plural(ranks, 'published rank'))
  if (scores) parts.push(plural(scores, 'published score'))
  if (flags) parts.push(plural(flags, 'published override flag'))
  if (!parts.length) return ''
  const total = ranks + scores + flags
  const instead = [
    ranks ? 'places are made again from the values' : '',
    flags ? 'the override follows from plan and variance' : '',
  ].filter(Boolean)
  return (
    `${list(parts)} no longer ${total === 1 ? 'holds' : 'hold'} once this is changed, and ` +
    `${total === 1 ? 'is' : 'are'} set aside${instead.length ? `: ${list(instead)}` : ''}.`
  )
}

// A reason after the word that it explains.
export const why = (reason) => reason.replace(/^cannot be computed: /, '')

// A place cannot be told where somebody's score cannot: why that is so is the reason to give.
const firstReasons = (reasons) => {
  const all = [...new Set(reasons)]
  const first = all.filter((each) => !each.endsWith('of its trust type cannot be told'))
  return first.length ? first : all
}

// Reasons are said once each: those of the trust itself, then those of the scores of others.
const untoldSentences = (answer, code) => {
  const untold = answer.figures.filter((each) => each.effect === 'cannot_be_told')
  if (!untold.length) return []
  const trusts = new Set(untold.map((each) => each.trust).filter(Boolean)).size
  const own = untold.filter((each) => each.trust === code).map((each) => each.reason)
  const others = untold.filter((each) => each.figure === 'metric_score').map((each) => each.reason)
  return [
    `${plural(untold.length, 'figure')} of ${plural(trusts, 'trust')} cannot be told, and ` +
      `${untold.length === 1 ? 'is' : 'are'} not shown as unmoved.`,
    ...firstReasons([...own, ...others]).map((each) => `Why: ${why(each)}.`),
  ]
}

// What a reader must know of an answer.
export const notes = (nation, answer, code) => {
  const said = [voidSentence(answer.voided), ...untoldSentences(answer, code)].filter(Boolean)
  const byVoiding = answer.figures.filter((each) => each.effect === 'by_voiding').length
  if (byVoiding) {
    said.push(
      `${plural(byVoiding, 'figure')} would differ from the release only because published ranks or scores are set ` +
        'aside: “before” is the quarter without them, so that the effect of the change is seen alone.',
    )
  }
  if (answer.hidden.length) {
    said.push(
      'Who receives deficit support is confidential and not in this release. Where the override rests on it, the ' +
        'override and what follows from it cannot be told here.',
    )
  }
  if (answer.hasObservedCuts) {
    said.push(
      'Not the whole nation is in hand, so the cut points are those observed in the published segments. They are ' +
        'taken to stay; how the change would move them cannot be seen.',
    )
  }
  for (const { place, metricId } of answer.notCounted) {
    const { code } = nation.trusts[place]
    said.push(`${metricId} of ${code} does not count with its new value either: the exclusion register takes it out.`)
  }
  return said
}
