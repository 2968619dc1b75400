// The page for what-if: opens the quarters whose data is on the page and answers changes.
import { arithmetic } from './kernel/arithmetic.mjs'
import { ask, openNation } from './kernel/ask.mjs'
import { startPage } from './what-if/page.mjs'

const nations = Object.keys(window)
  .filter((name) => name.startsWith('nofWhatIf_'))
  .sort()
  .reverse()
  .map((name) => openNation(window[name]))

// For the console, and for the tests that hold it against the SQL.
window.nofWhatIf = { arithmetic, nations, ask }

const shell = document.getElementById('what-if')
// A script that does not find the figures of the release again would find other ones wrong too: it says nothing then.
const isTrue = nations.length > 0 && nations.every((each) => each.differences.length === 0)
document.getElementById('what-if-untrue')?.toggleAttribute('hidden', isTrue || !shell)
if (shell && isTrue) {
  document.getElementById('what-if-without').hidden = true
  shell.hidden = false
  startPage(nations)
}
