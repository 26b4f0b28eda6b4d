// Runs the browser's verifier on exports, one a line: {path, keys} in, the code out.
import {readFile} from 'node:fs/promises'
import {createInterface} from 'node:readline'
import {Fault} from '../../static/proof/fault.js'
import {verifyExport} from '../../static/proof/exported.js'
import {Archive} from '../../static/proof/zip.js'

console.debug = () => {}

async function fault(path, keys) {
  try {
    await verifyExport(await Archive.open(new Blob([await readFile(path)])), keys, null)
    return 'good'
  } catch (found) {
    if (found instanceof Fault) return found.code
    throw found
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const {path, keys} = JSON.parse(line)
  console.log(await fault(path, keys))
}
