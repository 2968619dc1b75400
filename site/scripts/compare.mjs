// Trusts side by side. Which ones stands in the address: compare.html#XA1,XB2.
import { element } from './dom.mjs'
import { comparisonTable } from './compare-table.mjs'

const data = window.nofCompare
const byId = (id) => document.getElementById(id)
const label = (code) => `${data.trusts[code].n} (${code})`
const isTrust = (code) => Object.hasOwn(data.trusts, code)
const words = (text) => text.toLocaleLowerCase('en-GB').split(/[^\p{L}\p{N}]+/u).filter(Boolean)

let chosen = []

const say = (text) => {
  byId('compare-said').textContent = text
}

const fromAddress = () => {
  let text = window.location.hash.slice(1)
  try {
    text = decodeURIComponent(text)
  } catch {}
  const asked = [...new Set(text.split(',').map((code) => code.trim()).filter(Boolean))]
  const known = asked.filter(isTrust)
  const unknown = asked.filter((code) => !isTrust(code))
  return { known: known.slice(0, data.most), unknown, over: known.slice(data.most) }
}

const keepAddress = () => {
  const hash = chosen.length ? `#${chosen.join(',')}` : ''
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}${hash}`)
}

const showPeers = () => {
  const place = byId('compare-peers')
  place.replaceChildren()
  if (!chosen.length || chosen.length >= data.most) return
  const [first] = chosen
  const peers = data.trusts[first].p.filter((code) => isTrust(code) && !chosen.includes(code))
  if (!data.trusts[first].p.length) {
    place.append(element('p', {}, `No nearest peers of ${data.trusts[first].n}: no other trust of its type shares enough contextual metrics with it in this release.`))
    return
  }
  const buttons = peers.map((code) => {
    const button = element('button', { class: 'compare-peer', type: 'button', 'data-code': code }, `Add ${label(code)}`)
    button.addEventListener('click', () => add(code))
    return element('li', {}, button)
  })
  if (buttons.length) {
    place.append(
      element('p', { id: 'compare-peers-label' }, `Nearest peers of ${data.trusts[first].n}, by contextual metrics:`),
      element('ul', { class: 'compare-peers', 'aria-labelledby': 'compare-peers-label' }, ...buttons),
    )
  }
}

const show = () => {
  byId('compare-table').replaceChildren(...(chosen.length ? comparisonTable(data, chosen, remove) : []))
  showPeers()
}

const change = (codes, text) => {
  chosen = codes
  keepAddress()
  show()
  say(`${text} ${chosen.length} of at most ${data.most} trusts side by side.`)
}

const add = (code) => {
  if (chosen.includes(code)) return say(`${label(code)} is there already.`)
  if (chosen.length >= data.most) return say(`There are ${data.most} trusts already. Remove one first.`)
  change([...chosen, code], `${label(code)} added.`)
  byId('compare-search').focus()
}

const remove = (code) => {
  change(chosen.filter((each) => each !== code), `${label(code)} removed.`)
  byId('compare-search').focus()
}

// A code, a name as the list offers it, or words that only one trust has.
const find = (text) => {
  const asked = text.trim()
  const codes = Object.keys(data.trusts)
  const exact = codes.filter((code) => code.toLowerCase() === asked.toLowerCase() || label(code) === asked)
  if (exact.length) return exact
  const parts = words(asked)
  return parts.length ? codes.filter((code) => parts.every((part) => words(label(code)).join(' ').includes(part))) : []
}

const search = (event) => {
  event.preventDefault()
  const field = byId('compare-search')
  const found = find(field.value)
  if (found.length === 1) {
    field.value = ''
    add(found[0])
  } else if (!field.value.trim()) say('Type the name or the code of a trust.')
  else if (!found.length) say(`No trust of this release has “${field.value.trim()}” in its name or code.`)
  else say(`${found.length} trusts match “${field.value.trim()}”: type more of the name, or choose from the list.`)
}

const read = () => {
  const { known, unknown, over } = fromAddress()
  chosen = known
  show()
  const parts = []
  if (known.length) parts.push(`${known.length} of at most ${data.most} trusts side by side.`)
  if (unknown.length) parts.push(`Not in this release: ${unknown.join(', ')}.`)
  if (over.length) parts.push(`Left out, as there are ${data.most} already: ${over.join(', ')}.`)
  say(parts.join(' '))
  return known.length > 0
}

const start = () => {
  // With JavaScript the address says which trusts are compared, so no row of a table is its target any more.
  for (const line of document.querySelectorAll('tr[data-trust][id]')) line.removeAttribute('id')
  byId('compare').hidden = false
  byId('compare-names').append(...Object.keys(data.trusts).map((code) => element('option', { value: label(code) })))
  byId('compare-choose').addEventListener('submit', search)
  byId('compare-search').addEventListener('input', (event) => {
    const picked = Object.keys(data.trusts).find((code) => label(code) === event.target.value)
    if (picked) search(event)
  })
  window.addEventListener('hashchange', read)
  if (read()) byId('compare-heading').scrollIntoView()
}

start()
