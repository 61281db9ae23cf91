// Builds what the pages load, from the packages at the locked versions, into dist/.
// Nothing of theirs is committed, and nothing is fetched when a page is shown.
import { build } from 'esbuild'
import { compile } from 'sass'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const packages = 'node_modules'
const italia = `${packages}/bootstrap-italia`

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist/fonts', { recursive: true })

// The design system's own sources use old Sass syntax: their warnings are theirs to mend.
const style = compile('style/main.scss', {
  style: 'compressed',
  loadPaths: [packages, `${italia}/src/scss`],
  quietDeps: true,
  logger: { warn() {}, debug() {} },
})
writeFileSync('dist/style.css', style.css)

await build({
  entryPoints: ['script/main.js'],
  outfile: 'dist/script.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
})

for (const [folder, file] of [
  ['Titillium_Web', 'titillium-web-v10-latin-ext_latin-regular'],
  ['Titillium_Web', 'titillium-web-v10-latin-ext_latin-600'],
  ['Titillium_Web', 'titillium-web-v10-latin-ext_latin-700'],
  ['Roboto_Mono', 'roboto-mono-v13-latin-ext_latin-regular'],
]) {
  const name = file.replace(/-v\d+-latin-ext_latin/, '')
  cpSync(`${italia}/dist/fonts/${folder}/${file}.woff2`, `dist/fonts/${name}.woff2`)
}

// Of 179 symbols only those that a template names.
const wanted = readFileSync('icons.txt', 'utf8').split('\n').filter(Boolean)
const sprites = readFileSync(`${italia}/dist/svg/sprites.svg`, 'utf8')
const symbols = wanted.map((name) => {
  const symbol = sprites.match(new RegExp(`<symbol id="${name}".*?</symbol>`, 's'))
  if (!symbol) throw new Error(`icons.txt names ${name}, which the design system does not have`)
  return symbol[0]
})
writeFileSync('dist/icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`)
