// What would move, as tables: the trust itself, its cut points, the others, and what a reader must know.
import { details, el, hiddenText, segment, table } from './dom.mjs'
import { UNTOLD, notes, othersSentence, shown } from './words.mjs'

const FIRST = 20

const isSegment = (kind) => kind.endsWith('segment')

const valueOf = (kind, value) =>
  isSegment(kind) && value !== null && value !== undefined ? segment(value) : shown(value)

const nowOf = (kind, figure) => {
  const now = valueOf(kind, figure.before)
  if (figure.before === figure.released) return now
  return [now, el('span', { class: 'what-if-small' }, `${shown(figure.released)} in the release`)]
}

const nextOf = (kind, figure) => {
  if (figure.reason) return el('em', {}, UNTOLD)
  if (figure.before === figure.after) return el('span', { class: 'what-if-same' }, valueOf(kind, figure.after))
  return el('strong', { class: 'what-if-moved' }, valueOf(kind, figure.after))
}

// Before and after in one cell, where there is no room for two.
const arrow = (kind, figure) => {
  const isMoved = figure.reason || figure.before !== figure.after
  if (!isMoved) return valueOf(kind, figure.after)
  const next = figure.reason ? el('em', {}, UNTOLD) : el('strong', { class: 'what-if-moved' }, valueOf(kind, figure.after))
  return [valueOf(kind, figure.before), ' ', el('span', { 'aria-hidden': 'true' }, '→'), hiddenText(' becomes '), ' ', next]
}

const row = (label, kind, figure) => [label, nowOf(kind, figure), nextOf(kind, figure)]

const ROWS = [
  ['adjusted_segment', 'Segment, adjusted for finance'],
  ['league_rank', 'League rank within the trust type'],
  ['average_metric_score', 'Average metric score (1 is best, 4 worst)'],
  ['unadjusted_segment', 'Unadjusted segment, by the average alone'],
  ['financial_override', 'Financial override'],
  ['final_segment', 'Final segment, with the improvement programme'],
]

export const standingTable = (standing, ranked) =>
  table(
    'Where it would stand',
    ['Figure', 'Before', 'After'],
    ROWS.map(([kind, label]) =>
      row(kind === 'league_rank' && ranked ? `${label}, of ${ranked}` : label, kind, standing[kind]),
    ),
    [1, 2],
  )

// On a phone the strip has room for a sign only.
const untoldShortly = () => [
  el('span', { class: 'what-if-strip__words' }, UNTOLD),
  el('span', { class: 'what-if-strip__sign', 'aria-hidden': 'true' }, '?'),
]

// The strip at the top: the three figures that a board asks for first.
export const summary = (standing, isAsked) =>
  [
    ['adjusted_segment', 'Segment'],
    ['average_metric_score', 'Average'],
    ['league_rank', 'League rank'],
  ].map(([kind, label]) => {
    const figure = standing[kind]
    const isMoved = figure.effect === 'moved'
    return el(
      'div',
      { class: 'what-if-strip__figure', 'data-strip': kind },
      el('dt', {}, label),
      el(
        'dd',
        {},
        valueOf(kind, figure.before),
        isMoved || figure.reason ? [' ', el('span', { 'aria-hidden': 'true' }, '→'), hiddenText(' becomes '), ' '] : '',
        figure.reason ? untoldShortly() : isMoved ? el('strong', {}, valueOf(kind, figure.after)) : '',
        isAsked && !isMoved && !figure.reason ? el('span', { class: 'what-if-strip__stays' }, ' stays') : '',
      ),
    )
  })

export const scoresTable = (nation, answer, code) => {
  const rows = []
  for (const metric of nation.metrics.values()) {
    if (!answer.scored.has(metric.id)) continue
    rows.push(row(`${metric.label}: score`, 'metric_score', answer.figure('metric_score', code, metric.scoreId)))
    const rank = answer.figure('pool_rank', code, metric.id)
    if (rank.before !== null || rank.after !== null) rows.push(row(`${metric.label}: rank in its pool`, 'pool_rank', rank))
  }
  return rows.length ? table('Metric scores that rest on what is changed', ['Metric', 'Before', 'After'], rows, [1, 2]) : null
}

export const domainsTable = (nation, answer, code) => {
  const rows = nation.data.domains
    .map((domain) => [
      domain,
      answer.figure('domain_score', code, domain.id),
      answer.figure('domain_segment', code, domain.segmentId),
    ])
    .filter(([, score]) => score.released !== null || score.after !== null)
    .map(([domain, score, own]) => [domain.label, arrow('domain_score', score), arrow('domain_segment', own)])
  return table('Domain scores and segments', ['Domain', 'Score', 'Segment'], rows, [1, 2])
}

export const cutTable = (nation, answer, type) => {
  const scoreId = nation.summary.average_metric_score
  const cut = nation.data.segmentation[scoreId]
  const partition = (nation.data.partitions[cut?.poolId] ?? {})[type]
  const own = nation.data.cuts.filter((each) => each.scoreId === scoreId && each.partition === partition)
  const words = { computed: 'computed from all averages', observed: 'observed in the published segments', fixed: 'fixed' }
  const rows = own.map((each) => {
    const figure = answer.figure('cut_point', '', scoreId, `${each.boundary} ${each.partition}`)
    return [
      `Between segments ${each.boundary.replace('/', ' and ')}`,
      nowOf('cut_point', figure),
      nextOf('cut_point', figure),
      words[each.basis] ?? 'computed from the trusts in hand only',
    ]
  })
  return table('Cut points of the average', ['Boundary', 'Before', 'After', 'Basis'], rows, [1, 2])
}

const link = (code, name) => el('a', { href: `trust/${code}.html` }, name)

// League ranks are within the trust type, so it is said where there are several.
const othersTable = (nation, trusts, standings, caption) => {
  const labels = new Map(nation.data.types.map((each) => [each.id, each.label]))
  const hasTypes = new Set(nation.trusts.map((each) => each.type)).size > 1
  return table(
    caption,
    ['Trust', 'Average', 'Segment', 'League rank'],
    trusts.map((place) => {
      const { code, name, type } = nation.trusts[place]
      const standing = standings(code)
      return [
        [link(code, name), hasTypes ? el('span', { class: 'what-if-small' }, labels.get(type)) : ''],
        arrow('average_metric_score', standing.average_metric_score),
        arrow('adjusted_segment', standing.adjusted_segment),
        arrow('league_rank', standing.league_rank),
      ]
    }),
    [1, 2, 3],
  )
}

export const othersPart = (nation, others, standings) => {
  const made = [el('h3', { class: 'nhsuk-heading-s' }, 'Other trusts'), el('p', { id: 'what-if-others' }, othersSentence(others))]
  const [first, rest] = [others.trusts.slice(0, FIRST), others.trusts.slice(FIRST)]
  if (first.length) made.push(othersTable(nation, first, standings, 'Other trusts that would move, segments first'))
  if (rest.length) made.push(details(`The other ${rest.length} that would move`, othersTable(nation, rest, standings, 'The rest of them')))
  if (others.slightly.length) {
    const items = others.slightly.map((place) => nation.trusts[place]).map(({ code, name }) => el('li', {}, link(code, name)))
    made.push(details(`Those in which only a metric or domain score moves: ${items.length}`, el('ul', { class: 'nhsuk-list' }, items)))
  }
  return made
}

export const notesPart = (nation, answer, code) => {
  const said = notes(nation, answer, code)
  if (!said.length) return []
  return [
    el('h3', { class: 'nhsuk-heading-s' }, 'To mind'),
    el('ul', { class: 'nhsuk-list nhsuk-list--bullet', id: 'what-if-notes' }, said.map((each) => el('li', {}, each))),
  ]
}
