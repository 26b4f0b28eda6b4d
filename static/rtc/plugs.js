/** What devices this machine has, as far as the browser says, and which of them a person has chosen. */

import {browserShelf} from '../browser/shelf.js'

/** @import {Kind} from './devices.js' */

const KEPT = 'gatekeeper.device.'
/** @type {Readonly<Record<Kind, MediaDeviceKind>>} */
const BROWSER_KINDS = {microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput'}

export class Plugs {
  /** @type {readonly MediaDeviceInfo[]} */
  #found = []

  /** As they are now. */
  async look() {
    this.#found = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  }

  /** Those that have an id. @param {Kind} kind @returns {{id: string, label: string}[]} */
  list(kind) {
    return this.#of(kind)
      .filter(device => device.deviceId !== '')
      .map(({deviceId, label}) => ({id: deviceId, label}))
  }

  /** Whether there is one, though the browser may not say yet what it is called. @param {Kind} kind */
  has(kind) {
    return this.#of(kind).length > 0
  }

  /** Whether the browser says what they are called, which it does to whom it gives them. @param {Kind} kind */
  named(kind) {
    return this.#of(kind).some(({label}) => label !== '')
  }

  /** The id of the one that was chosen last; empty: none was. @param {Kind} kind */
  chosen(kind) {
    return browserShelf.get(KEPT + kind) ?? ''
  }

  /** @param {Kind} kind @param {string} device */
  choose(kind, device) {
    browserShelf.set(KEPT + kind, device)
  }

  /** None was chosen. */
  forget() {
    for (const kind of Object.keys(BROWSER_KINDS)) browserShelf.forget(KEPT + kind)
  }

  /** @param {Kind} kind */
  #of(kind) {
    return this.#found.filter(device => device.kind === BROWSER_KINDS[kind])
  }
}
