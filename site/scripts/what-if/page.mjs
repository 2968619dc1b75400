// The page: a trust is chosen, its fields are shown, and every change is answered at once.
import { ask } from '../kernel/ask.mjs'
import { startChoosing } from './choose.mjs'
import { el } from './dom.mjs'
import { changesIn, fieldsOf, resetFields, showFaults, showScores } from './fields.mjs'
import { cutTable, domainsTable, notesPart, othersPart, scoresTable, standingTable, summary } from './results.mjs'
import { othersOf, standingOf } from './standing.mjs'
import { announcement } from './words.mjs'

const TYPED = 120 // milliseconds after the last key before a change is answered
const SAID = 700 // and before it is read out

const byId = (id) => document.getElementById(id)

// A trust as it is: every figure is as in the release.
const unchanged = (nation) => ({
  figures: [],
  figure: (kind, trust, measure, place) => nation.asReleased(kind, trust, measure, place),
})

export const startPage = (nations) => {
  const parts = {
    find: byId('what-if-find'),
    select: byId('what-if-trust'),
    count: byId('what-if-count'),
    asked: byId('what-if-asked'),
    heading: byId('what-if-heading'),
    about: byId('what-if-about'),
    strip: byId('what-if-strip'),
    form: byId('what-if-fields'),
    fields: byId('what-if-inputs'),
    reset: byId('what-if-reset'),
    results: byId('what-if-results'),
    go: byId('what-if-go'),
    resultsHeading: byId('what-if-results-heading'),
    said: byId('what-if-said'),
  }
  let trust
  let timer
  let speech

  const say = (text) => {
    clearTimeout(speech)
    speech = setTimeout(() => {
      parts.said.textContent = text
    }, SAID)
  }

  const show = () => {
    const { nation, code, type } = trust
    const changes = changesIn(parts.form, code)
    let answer = changes.length ? ask(nation, changes) : null
    const faults = answer?.faults ?? []
    showFaults(parts.form, faults)
    // What can be asked is asked; what cannot is told beside its field.
    const taken = changes.filter((each) => !faults.some((fault) => fault.metric === each.metric))
    if (faults.length) answer = taken.length ? ask(nation, taken) : null
    if (answer) {
      answer.changed = new Set(taken.map((each) => each.metric))
      answer.scored = new Set(
        taken.flatMap(({ metric }) => [metric, ...[...nation.metrics.values()].filter((each) => each.parts.includes(metric)).map((each) => each.id)]),
      )
    }
    showScores(parts.form, nation, answer, code)
    parts.reset.hidden = !changes.length
    const standing = standingOf(nation, answer ?? unchanged(nation), code)
    parts.strip.replaceChildren(...summary(standing, answer !== null))
    parts.go.hidden = !answer
    if (!answer) {
      parts.results.replaceChildren(el('p', {}, 'Change a value, and what would move is shown here.'))
      if (faults.length) say('The value is not asked. Why is said beside its field.')
      return
    }
    const others = othersOf(nation, answer, code)
    const ranked = nation.trusts.filter((each, place) => each.type === type && nation.released.leagueRanks[place] !== null)
    parts.results.replaceChildren(
      ...[
        standingTable(standing, ranked.length),
        scoresTable(nation, answer, code),
        domainsTable(nation, answer, code),
        cutTable(nation, answer, type),
        ...othersPart(nation, others, (each) => standingOf(nation, answer, each)),
        ...notesPart(nation, answer, code),
      ].filter(Boolean),
    )
    say(`${faults.length ? 'A value is not asked; why is said beside its field. ' : ''}${announcement(standing, others)}`)
  }

  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(show, TYPED)
  }

  startChoosing(nations, parts, (chosen) => {
    trust = chosen
    parts.asked.hidden = !chosen
    if (!chosen) return
    const { nation, place, code, name } = chosen
    parts.heading.textContent = `${name} (${code})`
    parts.about.replaceChildren(
      `${chosen.group}. `,
      el('a', { href: `trust/${code}.html` }, 'Its page'),
    )
    parts.fields.replaceChildren(...fieldsOf(nation, place))
    show()
  })
  parts.form.addEventListener('submit', (event) => {
    event.preventDefault()
    show()
  })
  parts.form.addEventListener('input', later)
  parts.form.addEventListener('change', show)
  parts.go.addEventListener('click', () => {
    parts.resultsHeading.focus()
    parts.resultsHeading.scrollIntoView()
  })
  parts.reset.addEventListener('click', () => {
    resetFields(parts.form)
    show()
    say('All values are as in the release again.')
    parts.heading.focus()
  })
}
