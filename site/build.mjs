// Writes what the site needs of NHS.UK frontend and of scripts/ into assets/, which is committed: a release is
// made with Python alone. With --check it writes nothing and fails where a committed file is another.
//
// Of NHS.UK frontend: its style without the fonts (they lie on another host) and with its icons inside (a mask
// image is not read from a folder), and its behaviour bundled with ours.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const frontend = join(here, 'node_modules', 'nhsuk-frontend')
const SCRIPTS = ['site', 'compare', 'what-if']

const dataAddress = (path) => {
  const icon = readFileSync(join(frontend, 'dist', 'nhsuk', path.replace(/^\//, '')))
  return `data:image/svg+xml;base64,${icon.toString('base64')}`
}

const style = () =>
  readFileSync(join(frontend, 'dist', 'nhsuk', 'nhsuk-frontend.min.css'), 'utf8')
    .replace(/Frutiger W01,/g, '')
    .replace(/@font-face\s*{[^}]*}/g, '')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '')
    .replace(/url\(["']?(\/assets\/[^"')]+)["']?\)/g, (_, path) => `url("${dataAddress(path)}")`)

const script = async (name) => {
  const made = await build({
    absWorkingDir: here,
    entryPoints: [`scripts/${name}.mjs`],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  })
  return made.outputFiles[0].text
}

const made = { 'nhsuk-frontend.css': style() }
for (const name of SCRIPTS) made[`${name}.js`] = await script(name)

let differ = 0
for (const [name, text] of Object.entries(made)) {
  const path = join(here, 'assets', name)
  if (process.argv.includes('--check')) {
    let found = ''
    try {
      found = readFileSync(path, 'utf8')
    } catch {}
    if (found !== text) {
      differ += 1
      console.error(`site/assets/${name} is not what site/build.mjs makes: run make site-assets and commit it.`)
    }
  } else {
    writeFileSync(path, text)
    console.log(`site/assets/${name} ${text.length}`)
  }
}
if (/url\((?!"?data:)/.test(made['nhsuk-frontend.css'])) {
  console.error('nhsuk-frontend.css still asks for another file')
  differ += 1
}
process.exit(differ ? 1 : 0)
