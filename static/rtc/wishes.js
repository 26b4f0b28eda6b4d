/**
 * What a device is asked for, as its person prefers it, and what the browser gives without asking
 * its person.
 *
 * Rule: nothing here opens a device.
 */

/** @import {Preferences} from '../browser/preferences.js' */
/** @import {Captured} from './devices.js' */
/** @import {Source} from '../wire/messages.js' */

/** By preference: what the browser calls it (Media Capture and Streams, 4.3.8). */
const PROCESSING = /** @type {const} */ ({
  echo: 'echoCancellation',
  noise: 'noiseSuppression',
  gain: 'autoGainControl',
})
const WISHES = /** @type {const} */ (['echo', 'noise', 'gain'])

/** Whether a preference is about how the microphone sounds. @param {string} preference */
export const isOfSound = preference => WISHES.some(wish => wish === preference)

/** @param {Preferences} preferences @returns {MediaTrackConstraints} */
export const soundOf = preferences =>
  Object.fromEntries(WISHES.map(wish => [PROCESSING[wish], preferences.get(wish) === 'on']))

/**
 * Have a running microphone sound otherwise. Browsers may say yes and change nothing, so what
 * there is afterwards is looked at.
 * @param {MediaStreamTrack} track @param {MediaTrackConstraints} sound
 * @returns {Promise<boolean>} whether it does
 */
export async function retuned(track, sound) {
  try {
    await track.applyConstraints({...track.getConstraints(), ...sound})
  } catch (error) {
    console.debug('not retuned', error)
  }
  return fits(track, sound)
}

/** What a browser does not say, it does not do: that fits. @param {MediaStreamTrack} track @param {MediaTrackConstraints} sound */
export function fits(track, sound) {
  const settings = track.getSettings()
  return WISHES.every(wish => {
    const name = PROCESSING[wish]
    return settings[name] === undefined || settings[name] === sound[name]
  })
}

/** @param {string} device its id; empty: any */
const which = device => (device === '' ? {} : {deviceId: {ideal: device}})

/** @param {MediaTrackConstraints} sound @param {string} device */
const microphone = (sound, device) => ({...sound, ...which(device)})

/**
 * The very sound, or none: beside a microphone that runs, Chromium takes a mere wish for the sound
 * that this one has.
 * @param {MediaTrackConstraints} sound @returns {MediaTrackConstraints}
 */
export const exactly = sound =>
  Object.fromEntries(Object.entries(sound).map(([name, value]) => [name, {exact: value}]))

/** @param {string} device */
const camera = device => ({
  width: {ideal: 1280},
  height: {ideal: 720},
  ...which(device),
})

/**
 * What is asked of the browser.
 * @param {readonly Source[]} sources @param {MediaTrackConstraints} sound
 * @param {(source: Captured) => string} chosen the device that was chosen, if one was
 * @returns {MediaStreamConstraints}
 */
export const wished = (sources, sound, chosen) => ({
  audio: sources.includes('microphone') && microphone(sound, chosen('microphone')),
  video: sources.includes('camera') && camera(chosen('camera')),
})

/**
 * Which of them the browser gives without a question to its person.
 * @param {readonly Captured[]} sources
 * @param {(source: Captured) => Promise<boolean>} named whether the browser says what those are called
 * @returns {Promise<Captured[]>}
 */
export async function given(sources, named) {
  const are = await Promise.all(
    sources.map(async source => {
      const state = await permission(source)
      // Who says nothing of permissions names the devices of whoever has allowed them.
      return state === null ? named(source) : state === 'granted'
    }),
  )
  return sources.filter((_, index) => are[index])
}

/** @param {Captured} name @returns {Promise<PermissionState | null>} null: the browser does not say */
async function permission(name) {
  try {
    return (await navigator.permissions.query({name: /** @type {PermissionName} */ (name)})).state
  } catch {
    return null
  }
}
