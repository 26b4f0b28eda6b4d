/**
 * One's own camera picture before joining, with the two switches and what is wrong.
 *
 * Rule: until its person presses one of them, the browser asks nothing. It says so.
 */
import {TurnOnEvent} from '../common/device-events.js'
import {Part, button, icon, make, redraw, set, write} from '../common/dom.js'
import {RetryEvent, SourceEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Devices} from '../../rtc/devices.js' */

const SOURCES = /** @type {const} */ (['microphone', 'camera'])

export class DevicePreview extends Part {
  static tag = 'device-preview'
  #say
  #video = make('video', {playsinline: true, autoplay: true})
  #off = make('p', {class: 'preview-off'})
  #ask
  #faults = make('ul', {class: 'device-faults'})
  #retry
  #notice
  /** @type {Map<string, HTMLButtonElement>} */
  #switches = new Map()

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#video.muted = true
    set(this.#video, {'aria-label': say('lobby.preview')})
    for (const source of SOURCES) this.#switches.set(source, this.#switch(source))
    const both = button(say('device.turn-on'), {'data-source': 'both'})
    both.addEventListener('click', () => this.dispatchEvent(new TurnOnEvent()))
    this.#ask = make('div', {class: 'preview-ask'}, make('p', {}, say('device.asks')), both)
    this.#ask.hidden = true
    this.#retry = button(say('device.retry'), {'data-size': 'small'}, 'again')
    this.#retry.addEventListener('click', () => this.dispatchEvent(new RetryEvent()))
    this.#notice = make(
      'div',
      {class: 'device-notice', role: 'alert'},
      this.#faults,
      make('p', {class: 'note'}, say('device.without')),
      this.#retry,
    )
    this.#notice.hidden = true
    const tools = make('div', {class: 'preview-tools'}, ...this.#switches.values())
    this.append(
      make('div', {class: 'preview'}, this.#video, this.#off, this.#ask, tools),
      this.#notice,
    )
  }

  /** @param {(typeof SOURCES)[number]} source */
  #switch(source) {
    const round = make(
      'button',
      {type: 'button', class: 'round', 'data-source': source},
      icon(source),
    )
    round.addEventListener('click', () => this.dispatchEvent(new SourceEvent(source)))
    return round
  }

  /** @param {Devices} devices */
  show(devices) {
    const camera = devices.track('camera')
    const shown = this.#video.srcObject
    if (camera === null) this.#video.srcObject = null
    else if (!(shown instanceof MediaStream && shown.getTracks().includes(camera)))
      this.#video.srcObject = new MediaStream([camera])
    const here = this.#ask.contains(document.activeElement)
    this.#ask.hidden = !devices.awaitsPress
    // Whoever pressed it by key goes on beside it.
    if (here && this.#ask.hidden) this.#switches.get('microphone')?.focus()
    this.#off.hidden = camera !== null || devices.awaitsPress
    write(this.#off, this.#say(devices.starting ? 'device.starting' : 'device.off.camera'))
    for (const source of SOURCES) this.#showSwitch(source, devices.wants(source))
    this.#showFaults(devices)
  }

  /** @param {(typeof SOURCES)[number]} source @param {boolean} isOn */
  #showSwitch(source, isOn) {
    const round = this.#switches.get(source)
    const drawn = round?.firstElementChild
    if (!round || !(drawn instanceof SVGSVGElement)) return
    redraw(drawn, isOn ? source : `${source}-off`)
    set(round, {
      'data-state': isOn ? 'on' : 'off',
      'aria-label': this.#say(`device.${source}.turn-${isOn ? 'off' : 'on'}`),
    })
  }

  /** @param {Devices} devices */
  #showFaults(devices) {
    const lines = SOURCES.flatMap(source => {
      const fault = devices.fault(source)
      return fault === null ? [] : [{source, text: this.#say(`device.fault.${source}.${fault}`)}]
    })
    this.#notice.hidden = lines.length === 0
    if (this.#faults.textContent === lines.map(line => line.text).join('')) return
    this.#faults.replaceChildren(
      ...lines.map(({source, text}) =>
        make('li', {'data-source': source}, icon(`${source}-off`), make('span', {}, text)),
      ),
    )
  }
}
