/** The page's server: it has the key, lets people in, and holds the permit. */
import {randomUUID} from 'node:crypto'
import {createServer} from 'node:http'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {ConsentRequired, Gate, PermitEnded} from 'gatekeeper-client'

const {GATE_URL, GATE_KEY, PORT = '8085'} = process.env
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A call</title>
<body style="max-width: 30rem; margin: 1rem auto; font-family: system-ui, sans-serif">
<h1>A call</h1><main></main><script type="module" src="/app.js"></script>`

const bundled = await build({
  entryPoints: [fileURLToPath(new URL('app.jsx', import.meta.url))],
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  minify: true,
  write: false,
  preserveSymlinks: true,
})
const [script] = bundled.outputFiles
const gate = new Gate(GATE_URL, GATE_KEY)
const room = await gate.openRoom({title: 'A call', language: 'en', features: ['sound']})

const answers = {
  'GET /': async () => [200, 'text/html', PAGE],
  'GET /app.js': async () => [200, 'text/javascript', script.text],
  'POST /people': async () => {
    const entry = await room.entry(randomUUID())
    return told(201, {src: `${GATE_URL}/m/${room.id}`, entry})
  },
  /** Everybody is asked; the permit is held until somebody says no, or the page hangs up. */
  'POST /recording': async signal => {
    try {
      await room.withPermit('sound', permit => Promise.race([permit.ended, gone(signal)]), {
        wait: 30,
        signal,
      })
      return told(409, {code: 'permit-ended'})
    } catch (fault) {
      if (fault instanceof ConsentRequired || fault instanceof PermitEnded)
        return told(409, {code: fault.code})
      return told(503, {code: 'gate-unreachable'})
    }
  },
}

const told = (status, said) => [status, 'application/json', JSON.stringify(said)]
const gone = signal => new Promise(resolve => signal.addEventListener('abort', resolve))

const server = createServer(async (request, response) => {
  const hungUp = new AbortController()
  response.on('close', () => hungUp.abort())
  const answer = answers[`${request.method} ${request.url}`]
  const [status, type, text] = (await answer?.(hungUp.signal)) ?? told(404, {code: 'not-found'})
  response.writeHead(status, {'Content-Type': `${type}; charset=utf-8`}).end(text)
})
server.listen(Number(PORT), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
)
