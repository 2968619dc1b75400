// The page for what-if: opens the quarters whose data is on the page and answers changes.
import { arithmetic } from './kernel/arithmetic.mjs'
import { ask, openNation } from './kernel/ask.mjs'

const nations = Object.keys(window)
  .filter((name) => name.startsWith('nofWhatIf_'))
  .map((name) => openNation(window[name]))

// For the console, and for the tests that hold it against the SQL.
window.nofWhatIf = { arithmetic, nations, ask }
