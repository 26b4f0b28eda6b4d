/** The page `/check`. */
import {onLanguage, pageLanguage, speak} from './language.js'
import {soundCheck} from './sound-check.js'
import {canCall, hindrance} from '../browser/able.js'
import {CheckPage} from '../elements/check/check-page.js'
import {TurnOnEvent} from '../elements/common/device-events.js'
import {DeviceEvent, RetryEvent, SourceEvent, on} from '../elements/common/events.js'
import {presses} from '../elements/common/press-guard.js'
import {languages, words} from '../i18n/words.js'
import {Devices} from '../rtc/devices.js'
import {loop} from '../rtc/loop.js'
import {Loudness} from '../rtc/loudness.js'
import {reach} from '../wire/reach.js'

/** @import {Result, State} from '../elements/check/check-list.js' */
/** @import {Captured} from '../rtc/devices.js' */

const METER = 100
/** Of the scale from 0 to 1: somebody speaks. */
const HEARD = 0.2

const devices = new Devices()
const loudness = new Loudness()
const check = soundCheck(devices, () => show())
/** @type {'waiting' | Awaited<ReturnType<typeof reach>>} */
let server = 'waiting'
/** @type {'waiting' | 'ok' | 'failed'} */
let looped = 'waiting'
let heard = false
/** Which microphone it was that was heard. */
let ear = ''
const first = await pageLanguage()
let say = words(first)
let page = draw(first)

/** @param {State} state @param {string} text @returns {Result} */
const result = (state, text) => ({state, text})

/** @param {string} language */
function draw(language) {
  say = words(language)
  speak(language, `${say('check.title')} · ${say('brand')}`)
  const made = new CheckPage(say, {language, languages})
  document.body.replaceChildren(made)
  return made
}

function show() {
  const results = {
    browser: browser(),
    server: result(stateOf(server), say(`check.server.${server}`)),
    loop: canCall()
      ? result(stateOf(looped), say(`check.loop.${looped}`))
      : result('bad', say('check.loop.failed')),
    microphone: captured('microphone'),
    camera: captured('camera'),
    speaker: result(stateOf(played()), say(`check.speaker.${played()}`)),
  }
  page.show({devices, results, check})
}

/** @param {string} code @returns {State} */
const stateOf = code => (code === 'waiting' || code === 'ok' ? code : 'bad')

function browser() {
  const why = hindrance() ?? (canCall() ? null : 'callless')
  return why === null
    ? result('ok', say('check.browser.ok'))
    : result('bad', say(`check.browser.${why}`))
}

/** @param {Captured} source @returns {Result} */
function captured(source) {
  const fault = devices.fault(source)
  if (fault !== null) return result('bad', say(`device.fault.${source}.${fault}`))
  if (!devices.wants(source)) return result('waiting', say('check.device.off'))
  if (!devices.isOn(source)) return result('waiting', say('check.device.waiting'))
  if (source === 'microphone' && !heard) return result('waiting', say('check.microphone.silent'))
  return result('ok', say(`check.${source}.ok`))
}

function meter() {
  const {track} = devices.microphone
  loudness.hear('you', track)
  const level = track === null ? null : loudness.level('you')
  page.showLevel(level)
  const chosen = devices.chosen('microphone')
  if (chosen !== ear) [ear, heard] = [chosen, false]
  if (!heard && level !== null && level > HEARD) {
    heard = true
    show()
  }
}

/** While it sounds, whether it is heard is still to be seen. */
const played = () => (check.tone === 'playing' ? 'waiting' : check.tone)

presses.watch()
onLanguage(language => {
  page = draw(language)
  show()
})
devices.addEventListener('change', show)
on(document, SourceEvent, event => devices.toggle(event.source))
on(document, TurnOnEvent, () => devices.turnOn())
on(document, RetryEvent, () => devices.retry())
on(document, DeviceEvent, event => devices.choose(event.kind, event.device))
document.addEventListener('pointerdown', () => loudness.wake())
addEventListener('pagehide', () => devices.stop())
addEventListener('pageshow', event => event.persisted && location.reload())
setInterval(meter, METER)
show()
void reach().then(found => {
  server = found
  show()
})
if (canCall())
  void loop().then(well => {
    looped = well ? 'ok' : 'failed'
    show()
  })
if (hindrance() === null) void devices.start()
