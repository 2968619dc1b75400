// What every page does with JavaScript: the header's menu, sortable tables, filters. Without it all is there to read.
import { Header, Scroll, SkipLink, Table, createAll } from 'nhsuk-frontend'
import { startFilters } from './filter.mjs'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
for (const Component of [Header, Scroll, SkipLink, Table]) createAll(Component)
startFilters()
