/**
 * What a page that shows a room's gate may wish for, and what it is told.
 *
 * Rule 1: the messages are a closed union, each field bounded. What is not in it is nothing.
 * Rule 2: none of them answers anything, moves the focus or scrolls; a look leaves the two answers
 * alone (styles/framed.css).
 * Rule 3: it is told what the sign tells everybody, and nothing of who has answered what, not even
 * of the one who sits before it (design.md, rule 8).
 */

/** @import {View} from './view.js' */

/** @typedef {'lobby' | 'panel' | 'question' | 'sign'} Shape */
/** @typedef {'system' | 'serif' | 'rounded' | 'mono'} Font */
/** @typedef {'light' | 'dark' | 'auto'} Scheme */
/** @typedef {{accent?: string, radius?: number, font?: Font, scheme?: Scheme}} Theme  `radius`: CSS pixels */
/** @typedef {{entry: string, name: string}} Sent */
/**
 * @typedef {{gatekeeper: 'hello'}
 *   | {gatekeeper: 'shape', shape: Shape}
 *   | {gatekeeper: 'language', language: string}
 *   | {gatekeeper: 'theme', theme: Theme}
 *   | {gatekeeper: 'entry', entry: string, name: string}} Wish
 */
/** @typedef {Readonly<Record<string, boolean>>} OnAir by feature, whether it is on */
/**
 * @typedef {{gatekeeper: 'ready'}
 *   | {gatekeeper: 'size', height: number}
 *   | {gatekeeper: 'state', features: OnAir, lasts: number}
 *   | {gatekeeper: 'fault', code: string, text: string}} Told  `lasts`: ms from now
 */

/** Milliseconds for which what was heard of the server holds: as long as a lease. */
export const LEASE = 2000

/** @type {readonly Shape[]} */
const SHAPES = ['lobby', 'panel', 'question', 'sign']
/** @type {readonly Font[]} */
const FONTS = ['system', 'serif', 'rounded', 'mono']
/** @type {readonly Scheme[]} */
const SCHEMES = ['light', 'dark', 'auto']
const TOKEN = /^[A-Za-z0-9_-]{1,128}$/
const LANGUAGE = /^[a-z]{2,3}$/
const COLOUR = /^#[0-9a-f]{6}$/i
const LONGEST_NAME = 64
const WIDEST_RADIUS = 24
/** Features of a room. */
const MOST = 64

/** @param {unknown} said by another page @returns {Wish | null} */
export function wishOf(said) {
  const fields = fieldsOf(said)
  if (fields === null) return null
  const kind = fields.get('gatekeeper')
  const {size} = fields
  if (kind === 'hello' && size === 1) return {gatekeeper: kind}
  if (kind === 'shape' && size === 2) {
    const shape = oneOf(SHAPES, fields.get('shape'))
    return shape && {gatekeeper: kind, shape}
  }
  if (kind === 'language' && size === 2) {
    const language = matching(LANGUAGE, fields.get('language'))
    return language === null ? null : {gatekeeper: kind, language}
  }
  if (kind === 'theme' && size === 2) {
    const theme = themeOf(fields.get('theme'))
    return theme && {gatekeeper: kind, theme}
  }
  if (kind === 'entry' && size === 3) {
    const sent = sentOf(fields.get('entry'), fields.get('name'))
    return sent && {gatekeeper: kind, ...sent}
  }
  return null
}

/**
 * What stood behind the frame's address when it was loaded.
 * @param {string} fragment @returns {{shape: Shape, language: string | null, theme: Theme, sent: Sent | null}}
 */
export function wishedAtFirst(fragment) {
  const said = new URLSearchParams(fragment.replace(/^#/, ''))
  const looks = ['accent', 'font', 'scheme'].flatMap(key => {
    const value = said.get(key)
    return value === null ? [] : [[key, value]]
  })
  const radius = said.get('radius')
  const theme = Object.fromEntries(looks)
  return {
    shape: oneOf(SHAPES, said.get('shape')) ?? 'panel',
    language: matching(LANGUAGE, said.get('language')),
    theme: themeOf(radius === null ? theme : {...theme, radius: Number(radius)}) ?? {},
    sent: sentOf(said.get('entry'), said.get('name') ?? ''),
  }
}

/** All of it, or none. @param {unknown} said @returns {Theme | null} */
function themeOf(said) {
  const fields = fieldsOf(said)
  if (fields === null) return null
  /** @type {Theme} */
  const theme = {}
  for (const [key, value] of fields) {
    const accent = key === 'accent' ? matching(COLOUR, value) : null
    const font = key === 'font' ? oneOf(FONTS, value) : null
    const scheme = key === 'scheme' ? oneOf(SCHEMES, value) : null
    if (accent !== null) theme.accent = accent
    else if (font !== null) theme.font = font
    else if (scheme !== null) theme.scheme = scheme
    else if (key === 'radius' && isRadius(value)) theme.radius = value
    else return null
  }
  return theme
}

/** @param {unknown} entry @param {unknown} name @returns {Sent | null} */
function sentOf(entry, name) {
  const token = matching(TOKEN, entry)
  if (token === null || typeof name !== 'string' || name.length > LONGEST_NAME) return null
  return {entry: token, name}
}

/** @param {unknown} value @returns {value is number} */
const isRadius = value =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= WIDEST_RADIUS

/** @template {string} T @param {readonly T[]} known @param {unknown} value @returns {T | null} */
const oneOf = (known, value) => known.find(each => each === value) ?? null

/** @param {RegExp} pattern @param {unknown} value */
const matching = (pattern, value) =>
  typeof value === 'string' && pattern.test(value) ? value : null

/** Its own fields, if it is an object and nothing else. @param {unknown} said @param {number} [most] @returns {Map<string, unknown> | null} */
function fieldsOf(said, most = 4) {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return null
  const fields = Object.entries(said)
  return fields.length > most ? null : new Map(fields)
}

/**
 * What the sign tells everybody, for as long as that is known: an end that cannot be heard of is
 * an end (design.md, rule 15).
 * @param {Pick<View, 'phase' | 'signs'>} view @param {number} heardSince @param {number} now in ms
 * @returns {{gatekeeper: 'state', features: OnAir, lasts: number}}
 */
export function onAir({phase, signs}, heardSince, now) {
  const lasts = Math.max(0, Math.floor(heardSince + LEASE - now))
  const known = phase === 'open' && lasts > 0
  const features = Object.entries(signs).map(([feature, {on}]) => [feature, known && on === true])
  return {gatekeeper: 'state', features: Object.fromEntries(features), lasts}
}

/** Nothing is on. @param {readonly string[]} features @returns {{gatekeeper: 'state', features: OnAir, lasts: number}} */
export const nothingOn = features => ({
  gatekeeper: 'state',
  features: Object.fromEntries(features.map(each => [each, false])),
  lasts: LEASE,
})

/**
 * How high the frame is said to be: as high as it ever was, by its shape, so that no question that
 * has gone, and no line that an answer takes, tells the page around it of its person's answer
 * (design.md, rule 8). It is forgotten when something goes on: then everybody has said the same.
 */
export class Heights {
  /** @type {Map<string, number>} */
  #most = new Map()
  /** @type {OnAir} */
  #on = {}

  /** @param {string} shape @param {number} height @returns {number} what is told */
  told(shape, height) {
    const most = Math.max(height, this.#most.get(shape) ?? 0)
    this.#most.set(shape, most)
    return most
  }

  /** @param {OnAir} features @returns {boolean} whether one has gone on */
  hears(features) {
    const went = Object.entries(features).some(([each, on]) => on && !this.#on[each])
    this.#on = features
    if (went) this.forget()
    return went
  }

  forget() {
    this.#most.clear()
  }
}

/** What a window has told its frame. @param {unknown} said @returns {{features: OnAir, lasts: number} | null} */
export function stateOf(said) {
  const fields = fieldsOf(said)
  const features = fieldsOf(fields?.get('features'), MOST)
  const lasts = fields?.get('lasts')
  if (fields?.get('gatekeeper') !== 'state' || features === null || typeof lasts !== 'number')
    return null
  if (![...features.values()].every(on => typeof on === 'boolean')) return null
  return {features: /** @type {OnAir} */ (Object.fromEntries(features)), lasts}
}

/** Whether a window says that its person is asked something; null if it says something else. @param {unknown} said @returns {boolean | null} */
export function askedOf(said) {
  const fields = fieldsOf(said)
  const asked = fields?.get('asked')
  return fields?.get('gatekeeper') === 'asked' && typeof asked === 'boolean' ? asked : null
}

/** Behind the address of a window: as whom one has been sent, and in which language. @param {Sent | null} sent @param {string | null} language */
export function sentFragment(sent, language) {
  const said = new URLSearchParams()
  if (sent) said.set('entry', sent.entry)
  if (sent?.name) said.set('name', sent.name)
  if (language) said.set('language', language)
  return `#${said}`
}

/** What may be known of why somebody is not in; of their answers it says nothing. */
const TELLABLE = new Set([
  'ended',
  'entry-needed',
  'insecure',
  'keyless',
  'left',
  'name-unusable',
  'not-let-in',
  'removed',
  'replaced',
  'room-ended',
  'room-full',
  'room-locked',
  'socket-blocked',
  'unreachable',
  'unreached',
])

/** @param {string} code of the server's, or of this page @returns {string} */
export const tellable = code => (TELLABLE.has(code) ? code : 'refused')
