/** How the types of `<consent-gate>` are used; `tsc -p tests/js/embed` reads it. */
import {ConsentGate, type GateFault, type OnAir} from '../../../embed/element/consent-gate.js'

export async function records(recorder: MediaRecorder, keep: (chunk: Blob) => void): Promise<void> {
  const gate: ConsentGate = document.createElement('consent-gate')
  gate.src = 'https://meet.example.org/m/kZ1pC0bY3mVx8Qe5Rt7Wug'
  gate.entry = 'T0KEN'
  gate.shape = 'panel'
  document.body.append(gate)
  await gate.ready
  await gate.until('sound', {signal: AbortSignal.timeout(30_000)})
  recorder.addEventListener('dataavailable', ({data}) => gate.on('sound') && keep(data))
  gate.addEventListener('gatechange', ({detail}) => {
    const features: OnAir = detail.features
    if (features['sound']) recorder.start(250)
    else recorder.stop()
  })
  gate.addEventListener('fault', ({detail}) => console.log(told(detail)))
}

const told = ({code, text}: GateFault): string => `${code}: ${text}`

// What is not promised is a mistake.
// @ts-expect-error: nobody sets what is on
export const opened = (gate: ConsentGate) => (gate.features = {sound: true})
// @ts-expect-error: nothing here answers for anybody
export const granted = (gate: ConsentGate) => gate.grant('sound')
// @ts-expect-error: there are four shapes
export const shaped = (gate: ConsentGate) => (gate.shape = 'answers')
