// The arithmetic of the models, digit by digit: decimals are whole numbers with an agreed number of places (BigInt),
// division gives a double as it does in the database, and a double is fixed to fifteen decimals as the database casts.

export const VALUE_PLACES = 10 // of a value, as staging types it
const EXACT_PLACES = 15 // of an unrounded score (macros/rounding.sql, exact_score)
const FIXED_PLACES = 10 // to which a score is fixed before it is rounded
const CUT_PLACES = 6 // of a cut point
const WEIGHT_PLACES = 4 // of a quantile, and of the weights of its two neighbours
const DIGITS_OF_A_DOUBLE = 2n ** 53n

export const power = (places) => 10n ** BigInt(places)

// A plain decimal number as text, such as -0.25, with this many places; null is null.
export const parse = (text, places) => {
  if (text === null || text === undefined) return null
  const [, sign, whole, part = ''] = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/.exec(text)
  const found = BigInt(whole + part.padEnd(places, '0').slice(0, places))
  return sign === '-' ? -found : found
}

// The text of a decimal, without noughts at its end but for `least` places.
export const write = (number, places, least = 0) => {
  const digits = (number < 0n ? -number : number).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const part = digits
    .slice(digits.length - places)
    .replace(/0+$/, '')
    .padEnd(Math.min(least, places), '0')
  return `${number < 0n ? '-' : ''}${whole}${part ? `.${part}` : ''}`
}

// A decimal as a double: where its digits are more than a double holds, the whole and the rest apart.
const toDouble = (number, places) => {
  const size = number < 0n ? -number : number
  const divisor = 10 ** places
  if (size <= DIGITS_OF_A_DOUBLE) return Number(number) / divisor
  return Number(number / power(places)) + Number(number % power(places)) / divisor
}

const fixed = (double) => {
  const moved = double * 10 ** EXACT_PLACES
  return BigInt(moved < 0 ? Math.ceil(moved - 0.5) : Math.floor(moved + 0.5))
}

export const sortedNumbers = (numbers) => [...numbers].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

const halfAway = (number, places, fewer) => {
  if (fewer >= places) return number * power(fewer - places)
  const divisor = power(places - fewer)
  const half = divisor / 2n
  return (number < 0n ? number - half : number + half) / divisor
}

// Held in one object, so that a test can put a wrong one in its place and see that it is found out.
export const arithmetic = {
  // An unrounded score out of text.
  exact: (text) => parse(text, EXACT_PLACES),

  // The mean of unrounded scores.
  mean: (scores) => fixed(toDouble(scores.reduce((sum, each) => sum + each, 0n), EXACT_PLACES) / scores.length),

  // Rules 1: the score of a place among those ranked; one alone takes the best end.
  ranked: (low, high, place, counted) => {
    if (counted === 1) return parse(low, EXACT_PLACES)
    const width = toDouble((parse(high, 2) - parse(low, 2)) * BigInt(place - 1), 2)
    return fixed(Number(low) + width / (counted - 1))
  },

  // Half-up on the exact fraction: fixed to ten decimals first.
  halfUp: (score, places) => halfAway(halfAway(score, EXACT_PLACES, FIXED_PLACES), FIXED_PLACES, places),

  // A rounded score as an unrounded one.
  widened: (rounded, places) => rounded * power(EXACT_PLACES - places),

  // Competition ranks: 1 for the lowest, ties share the best. Items with their key, nothing else is looked at.
  ranks: (items, key) => {
    const sorted = [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    const found = new Map()
    let rank = 0
    sorted.forEach((item, place) => {
      if (place === 0 || key(sorted[place - 1]) < key(item)) rank = place + 1
      found.set(item, rank)
    })
    return found
  },

  // Rules 3: the linear-interpolated quantile (type 7) of rounded scores, the lowest first, as a cut point.
  quantile: (sorted, places, quantile) => {
    const one = power(WEIGHT_PLACES)
    const place = BigInt(sorted.length - 1) * parse(quantile, WEIGHT_PLACES)
    const [below, weight] = [Number(place / one), place % one]
    const sum = sorted[below] * (one - weight) + (weight ? sorted[below + 1] * weight : 0n)
    return halfAway(sum, places + WEIGHT_PLACES, CUT_PLACES)
  },

  // Whether a rounded score lies beyond a cut point.
  isBeyond: (score, places, cutPoint, isInside) => {
    const own = score * power(CUT_PLACES - places)
    return own > cutPoint || (own === cutPoint && !isInside)
  },

  cutPoint: (text) => parse(text, CUT_PLACES),
  cutText: (cutPoint, least) => write(cutPoint, CUT_PLACES, least),
}
