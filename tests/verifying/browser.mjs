// Runs the browser's verifier on many cases at once: files in, codes out, as JSON.
import {readFileSync} from 'node:fs'
import {judge} from '../../static/proof/verify.js'

console.debug = () => {}
const utf8 = new TextEncoder()
const found = []
for (const files of JSON.parse(readFileSync(0, 'utf8'))) {
  const named = Object.entries(files).map(([name, said]) => ({
    name,
    content: typeof said === 'string' ? utf8.encode(said) : Buffer.from(said.base64, 'base64'),
  }))
  found.push((await judge(named)).map(({code, about}) => [code, about]))
}
process.stdout.write(JSON.stringify(found))
