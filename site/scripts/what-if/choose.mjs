// Choosing a trust: a list by trust type, a field that shortens it, and the code in the address.
import { el } from './dom.mjs'

const words = (text) => text.toLocaleLowerCase('en-GB').split(/[^\p{L}\p{N}]+/u).filter(Boolean)

// Every trust that can be asked about: { nation, place, code, name, group }.
const askable = (nations) =>
  nations.flatMap((nation) =>
    nation.data.types
      .filter((type) => type.isAsked)
      .flatMap((type) =>
        nation.trusts
          .map((trust, place) => ({ nation, place, code: trust.code, name: trust.name, type: trust.type }))
          .filter((each) => each.type === type.id)
          .map((each) => ({ ...each, group: `${type.label}, ${nation.data.quarterLabel}` })),
      ),
  )

const fill = (select, trusts) => {
  const groups = new Map()
  for (const each of trusts) groups.set(each.group, [...(groups.get(each.group) ?? []), each])
  const collator = new Intl.Collator('en-GB')
  select.replaceChildren(
    el('option', { value: '' }, trusts.length ? 'Choose a trust' : 'No trust has these words'),
    ...[...groups].map(([label, own]) =>
      el(
        'optgroup',
        { label },
        own.sort((a, b) => collator.compare(a.name, b.name)).map((each) => el('option', { value: each.code }, `${each.name} (${each.code})`)),
      ),
    ),
  )
}

// `chosen` is told the trust each time another one is; undefined for none.
export const startChoosing = (nations, { find, select, count }, chosen) => {
  const trusts = askable(nations)
  const byCode = new Map(trusts.map((each) => [each.code, each]))
  fill(select, trusts)

  const choose = (code) => {
    if (![...select.options].some((each) => each.value === code)) fill(select, trusts)
    select.value = byCode.has(code) ? code : ''
    if (byCode.has(code) && location.hash !== `#${code}`) location.replace(`#${code}`)
    chosen(byCode.get(code))
  }
  const fromAddress = () => {
    const code = decodeURIComponent(location.hash.slice(1)).toUpperCase()
    if (byCode.has(code) && select.value !== code) choose(code)
  }

  find.addEventListener('input', () => {
    const asked = words(find.value)
    const found = trusts.filter(({ name, code }) => {
      const text = words(`${name} ${code}`).join(' ')
      return asked.every((word) => text.includes(word))
    })
    const before = select.value
    fill(select, found)
    if (found.some((each) => each.code === before)) select.value = before
    count.textContent = asked.length ? `${found.length} of ${trusts.length} trusts in the list` : ''
  })
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const options = [...select.options].filter((each) => each.value)
    if (options.length === 1) choose(options[0].value)
    else select.focus()
  })
  select.addEventListener('change', () => choose(select.value))
  window.addEventListener('hashchange', fromAddress)
  fromAddress()
}
