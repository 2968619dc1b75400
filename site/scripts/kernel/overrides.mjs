// Rules 3: the financial override of a trust whose plan or variance is changed.
//
// A published flag is void then, and the flag follows from deficit and deficit support. Where the unchanged inputs did
// not give what was published either, something that is not in hand decided, and the flag is left open. Who receives
// deficit support may be confidential and not in the release: the flag is told where it is the same either way.
import { VALUE_PLACES, parse } from './arithmetic.mjs'
import { numberUnder } from './metric-scores.mjs'

const CONFIDENTIAL =
  'it rests on whether the trust received deficit support, which is confidential and not in this release'

const derive = (isDeficit, hasSupport) => (isDeficit || hasSupport ? true : isDeficit)

const deficitUnder = (nation, place, asked) => {
  const { inputs, below } = nation.data.override
  const numbers = inputs.map((metricId) => numberUnder(nation, metricId, place, asked))
  if (!inputs.length || numbers.includes(null)) return null
  return numbers.reduce((sum, each) => sum + each, 0n) < parse(below, VALUE_PLACES)
}

// What may be the case with deficit support: one answer where the release gives it, otherwise what it leaves open.
const supportOf = (nation, trust) => {
  if (!trust.isSupportConfidential) return [trust.hasSupport]
  const isPublished = trust.flagBasis === 'published'
  if (isPublished && (!nation.data.override.isAgreed || trust.isInDeficit === null)) return [true, false]
  return [true, false].filter((support) => (derive(trust.isInDeficit, support) ?? null) === trust.flag)
}

const words = (derived) =>
  ({ true: 'they give a deficit', false: 'they give none', null: 'one of them is missing' })[String(derived)]

const outcome = (trust, support, now) => {
  const derivedBefore = derive(trust.isInDeficit, support)
  const derived = derive(now, support)
  if (trust.flagBasis === 'published' && trust.flag !== derivedBefore && trust.flag !== derived) {
    return {
      flag: null,
      unknown:
        `the published flag is ${trust.flag ? 'set' : 'not set'}, and plan and variance before the change do not ` +
        `say so (${words(derivedBefore)}): what else it rested on is not in hand`,
    }
  }
  return { flag: derived, unknown: '' }
}

// { flag, unknown, isHidden }: the flag (null: not known), why it cannot be told, whether what decides is confidential.
export const overrideUnder = (nation, place, asked) => {
  const trust = nation.trusts[place]
  if (!asked.flags.has(place)) return { flag: trust.flag, unknown: '', isHidden: false }
  const now = deficitUnder(nation, place, asked)
  const outcomes = supportOf(nation, trust).map((support) => outcome(trust, support, now))
  const [first] = outcomes
  const isSame = outcomes.length > 0 && outcomes.every((each) => each.flag === first.flag && Boolean(each.unknown) === Boolean(first.unknown))
  if (isSame) return { ...first, isHidden: false }
  return { flag: null, unknown: CONFIDENTIAL, isHidden: true }
}

export const overridden = (segment, flag, floor) => {
  if (segment === null) return null
  if (flag) return Math.max(segment, floor)
  if (flag === false) return segment
  return segment >= floor ? segment : null
}
