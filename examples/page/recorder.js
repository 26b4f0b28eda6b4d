/** The page's own recorder: it runs while the gate says so, and keeps nothing of after the end. */
const CHUNK = 250

const person = await (await fetch('/people', {method: 'POST'})).json()
await import(`${person.gate}/embed/consent-gate.js`)

const gate = document.createElement('consent-gate')
gate.src = person.src
gate.entry = person.entry
document.querySelector('#gate').append(gate)

/** @type {MediaRecorder | null} */
let recorder = null

document.querySelector('#record').addEventListener('click', async () => {
  // Ours has everybody asked, and holds the permit for as long as this request is open.
  const answer = await fetch('/recording', {method: 'POST'})
  show((await answer.json()).code)
})

gate.addEventListener('gatechange', ({detail}) => (detail.features.sound ? start() : stop()))
gate.addEventListener('fault', ({detail}) => show(detail.text))

async function start() {
  const stream = await navigator.mediaDevices.getUserMedia({audio: true})
  if (!gate.on('sound') || recorder) return stream.getTracks().forEach(track => track.stop())
  const name = crypto.randomUUID()
  recorder = new MediaRecorder(stream)
  recorder.addEventListener('dataavailable', ({data}) => keep(name, data))
  recorder.start(CHUNK)
  show('Recording')
}

function stop() {
  const stopped = recorder
  recorder = null
  stopped?.stop() // what comes of it now is not kept any more
  stopped?.stream.getTracks().forEach(track => track.stop())
  show('Off')
}

/** Asked for each chunk: what was captured while it was off is dropped. */
async function keep(name, chunk) {
  if (gate.on('sound')) await fetch(`/recording/${name}`, {method: 'PUT', body: chunk})
}

function show(text) {
  document.querySelector('#state').textContent = text
}
