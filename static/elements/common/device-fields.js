/** Which microphone, camera and speaker: in the lobby and again in the room. */
import {Part, icon, make, set} from './dom.js'
import {DeviceEvent} from './events.js'
import {apart} from '../../i18n/words.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Devices, Kind} from '../../rtc/devices.js' */

const KINDS = /** @type {const} */ (['microphone', 'camera', 'speaker'])

export class DeviceFields extends Part {
  static tag = 'device-fields'
  #say
  /** @type {Map<Kind, {label: HTMLElement, select: HTMLSelectElement}>} */
  #fields = new Map()

  /** @param {Say} say @param {Element | null} meter beside the word "Microphone" */
  constructor(say, meter = null) {
    super()
    this.#say = say
    for (const kind of KINDS) {
      const select = make('select', {'data-device': kind})
      select.addEventListener('change', () =>
        this.dispatchEvent(new DeviceEvent(kind, select.value)),
      )
      const label = field(say(`device.${kind}`), kind, select)
      this.#fields.set(kind, {label, select})
      // Beside the label, not in it: a label with a meter inside would be read with its value.
      this.append(kind === 'microphone' ? make('div', {class: 'wide'}, label, meter) : label)
    }
  }

  /** @param {Devices} devices */
  show(devices) {
    for (const [kind, {label, select}] of this.#fields) {
      label.hidden = kind === 'speaker' && !devices.canChooseSpeaker
      this.#fill(kind, select, devices)
    }
  }

  /** @param {Kind} kind @param {HTMLSelectElement} select @param {Devices} devices */
  #fill(kind, select, devices) {
    const found = devices.list(kind)
    const there = devices.has(kind)
    const signature = [there, ...found.map(device => device.id + device.label)].join('\n')
    if (select.dataset['list'] !== signature || select.options.length === 0) {
      set(select, {'data-list': signature})
      select.replaceChildren(...this.#options(kind, found, there))
    }
    select.disabled = found.length === 0
    const chosen = devices.chosen(kind)
    if (found.some(device => device.id === chosen)) select.value = chosen
  }

  /** @param {Kind} kind @param {readonly {id: string, label: string}[]} found @param {boolean} there  whether there is one at all */
  #options(kind, found, there) {
    const say = this.#say
    const none = kind === 'speaker' || there ? 'device.default' : 'device.none'
    if (found.length === 0) return [make('option', {value: ''}, say(none))]
    return found.map(({id, label}, index) => {
      const unnamed = say('device.unnamed', {kind: say(`device.${kind}`), number: index + 1})
      // A direction of its own would set it apart from the drawing of its field.
      const shown = apart(document.documentElement.lang, label || unnamed)
      return make('option', {value: id}, shown)
    })
  }
}

/**
 * A label over a boxed control. Those of a day or a time have a drawing of the browser's.
 * @param {string} text @param {string | null} drawing @param {HTMLSelectElement | HTMLInputElement} control
 */
export const field = (text, drawing, control) =>
  make(
    'label',
    {class: 'field'},
    make('span', {class: 'field-name'}, text),
    make(
      'span',
      {class: 'entry'},
      drawing && icon(drawing),
      control,
      control instanceof HTMLSelectElement ? icon('down') : null,
    ),
  )
