/**
 * `<consent-gate>`: the gate of a room, in a page of yours.
 *
 * It is a frame of the gate's own origin: there people answer, and there their key is. This page
 * learns what the sign tells everybody, and nothing of who has answered what. Nothing here grants.
 *
 * Rule 1: a feature is on while the gate keeps saying so; what has not been said for two seconds is
 * off: by whichever clock says more, so that a sleep is one, too.
 * Rule 2: it is the frame's own page that is heard, and of the gate's origin. No other.
 */

/** As long as a lease, in ms. */
const LEASE = 2000
/** When the frame is greeted, in ms after it has loaded; then it is said to be silent. */
const GREETINGS = [0, 250, 500, 1000, 2000, 4000, 8000]
const HIGHEST = 20_000
const LOOKS = ['accent', 'radius', 'font', 'scheme']
const SANDBOX = [
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-downloads',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
].join(' ')
const TITLES = {
  en: 'Consent: what may be captured',
  de: 'Einwilligung: was erfasst werden darf',
  fr: 'Consentement : ce qui peut être capté',
  es: 'Consentimiento: qué se puede captar',
  ar: 'الموافقة: ما الذي يجوز التقاطه',
}
const FAULTS = {
  'src-unusable': 'The address in src is none of a room: https://GATE/m/ROOM.',
  'frame-silent':
    'The gate does not answer in its frame: it cannot be reached, or this page is not among the origins of its service key.',
}
const STYLE = `
  :host { display: block }
  :host([hidden]) { display: none }
  iframe { display: block; inline-size: 100%; block-size: 8rem; border: 0 }
`

/** Where there are no elements, as on a server that renders, there is a class and no more. */
const Base = globalThis.HTMLElement ?? class {}

export class ConsentGate extends Base {
  static observedAttributes = ['src', 'entry', 'name', 'shape', 'language', ...LOOKS]

  /** Once, under this name. */
  static define(tag = 'consent-gate') {
    if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, this)
  }

  #root
  #frame = null
  #origin = ''
  #greeting = 0
  #over = new AbortController()
  #isReady = false
  #ready = deferred()
  /** What was said last, when, and for how long. */
  #said = {features: {}, steady: -Infinity, wall: -Infinity, lasts: 0}
  #expiry = 0
  /** What this page has been told. */
  #told = '{}'

  constructor() {
    super()
    this.#root = this.attachShadow({mode: 'closed'})
  }

  connectedCallback() {
    for (const name of ConsentGate.observedAttributes) this.#takeOver(name)
    this.#load()
  }

  disconnectedCallback() {
    this.#unload()
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === after) return
    if (name === 'src') this.#load()
    else if (this.#frame) this.#send(name)
  }

  /** Fulfilled once the gate is there. */
  get ready() {
    return this.#ready.promise
  }

  /** Whether everybody allows it now, and it is on: as the sign tells everybody. */
  on(feature) {
    return this.#left() > 0 && this.#said.features[feature] === true
  }

  /** What is on, by feature. */
  get features() {
    const known = this.#left() > 0
    const entries = Object.entries(this.#said.features)
    return Object.freeze(Object.fromEntries(entries.map(([each, on]) => [each, known && on])))
  }

  /** Fulfilled once it is on; `signal` ends the waiting. */
  until(feature, {signal} = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (this.on(feature)) return resolve()
      const look = () => this.on(feature) && settle(resolve)
      const stop = () => settle(() => reject(signal.reason))
      const settle = done => {
        this.removeEventListener('gatechange', look)
        signal?.removeEventListener('abort', stop)
        done()
      }
      this.addEventListener('gatechange', look)
      signal?.addEventListener('abort', stop)
    })
  }

  /** A property that was set before the element was defined. */
  #takeOver(name) {
    if (!Object.prototype.hasOwnProperty.call(this, name)) return
    const value = this[name]
    delete this[name]
    this[name] = value
  }

  #load() {
    this.#unload()
    const address = addressOf(this.src, this.ownerDocument.baseURI)
    if (address === null) return this.#fault('src-unusable')
    this.#over = new AbortController()
    const {signal} = this.#over
    this.#origin = address.origin
    address.hash = String(this.#first())
    const frame = this.ownerDocument.createElement('iframe')
    frame.title = this.#title
    frame.setAttribute('sandbox', SANDBOX)
    frame.setAttribute('allow', '')
    frame.setAttribute('part', 'frame')
    frame.referrerPolicy = 'no-referrer'
    frame.src = address.href
    this.#frame = frame
    frame.addEventListener('load', () => this.#greet(0), {signal})
    addEventListener('message', event => this.#hear(event), {signal})
    for (const wakes of ['pageshow', 'resume', 'visibilitychange'])
      this.ownerDocument.addEventListener(wakes, () => this.#look(), {signal})
    const style = this.ownerDocument.createElement('style')
    style.textContent = STYLE
    this.#root.replaceChildren(style, frame)
  }

  #unload() {
    this.#over.abort()
    clearTimeout(this.#greeting)
    if (this.#isReady) this.#ready = deferred()
    this.#isReady = false
    this.#frame?.remove()
    this.#frame = null
    this.#forget()
  }

  /** What stands behind the frame's address: no server sees it. */
  #first() {
    const said = new URLSearchParams()
    for (const name of ['entry', 'name', 'shape', ...LOOKS]) {
      const value = this.getAttribute(name)
      if (value) said.set(name, value)
    }
    said.set('language', this.#language)
    return said
  }

  get #language() {
    const near = this.closest('[lang]')?.getAttribute('lang')
    const wish = this.language || near || globalThis.navigator?.language || 'en'
    return wish.split('-')[0].toLowerCase()
  }

  get #title() {
    return TITLES[this.#language] ?? TITLES.en
  }

  #send(name) {
    if (name === 'language') {
      this.#frame.title = this.#title
      this.#say({gatekeeper: 'language', language: this.#language})
    } else if (name === 'shape') this.#say({gatekeeper: 'shape', shape: this.shape || 'panel'})
    else if (LOOKS.includes(name)) this.#say({gatekeeper: 'theme', theme: this.#theme})
    else if (this.entry) this.#say({gatekeeper: 'entry', entry: this.entry, name: this.name})
  }

  get #theme() {
    const given = LOOKS.map(name => [name, this.getAttribute(name)]).filter(([, value]) => value)
    const theme = Object.fromEntries(given)
    return 'radius' in theme ? {...theme, radius: Number(theme.radius)} : theme
  }

  #say(message) {
    if (this.#isReady) this.#frame.contentWindow?.postMessage(message, this.#origin)
  }

  #greet(count) {
    clearTimeout(this.#greeting)
    if (this.#isReady && count > 0) return
    if (count === GREETINGS.length) return this.#fault('frame-silent')
    this.#greeting = setTimeout(() => {
      this.#frame?.contentWindow?.postMessage({gatekeeper: 'hello'}, this.#origin)
      this.#greet(count + 1)
    }, GREETINGS[count])
  }

  #hear({source, origin, data}) {
    if (source !== this.#frame?.contentWindow || origin !== this.#origin) return
    if (typeof data !== 'object' || data === null) return
    const {gatekeeper: kind} = data
    if (kind === 'ready') this.#arrive()
    else if (kind === 'size') this.#size(data.height)
    else if (kind === 'state') this.#state(data)
    else if (kind === 'fault') this.#refuse(data)
  }

  #refuse({code, text}) {
    // Before it is ready: in this browser there will be none.
    clearTimeout(this.#greeting)
    this.#tell('fault', {code: String(code), text: String(text)})
  }

  #arrive() {
    if (this.#isReady) return
    this.#isReady = true
    clearTimeout(this.#greeting)
    // What has changed since its address was made.
    for (const name of ['shape', 'language', 'accent', 'entry']) this.#send(name)
    this.#ready.resolve()
    this.#tell('ready')
  }

  #size(height) {
    if (Number.isFinite(height) && height >= 0 && height <= HIGHEST)
      this.#frame.style.blockSize = `${height}px`
  }

  #state({features, lasts}) {
    if (typeof features !== 'object' || features === null || !Number.isFinite(lasts)) return
    const on = Object.entries(features).map(([feature, is]) => [feature, is === true])
    this.#said = {
      features: Object.fromEntries(on),
      steady: performance.now(),
      wall: Date.now(),
      lasts: Math.min(lasts, LEASE),
    }
    this.#look()
  }

  /** Milliseconds for which what was said holds. */
  #left() {
    const {steady, wall, lasts} = this.#said
    // A clock that was set says something, too: that nobody knows.
    const gone = Math.max(performance.now() - steady, Math.abs(Date.now() - wall))
    return Number.isFinite(gone) ? lasts - gone : 0
  }

  #forget() {
    const off = Object.keys(this.#said.features).map(feature => [feature, false])
    const features = Object.fromEntries(off)
    this.#said = {features, steady: -Infinity, wall: -Infinity, lasts: 0}
    this.#look()
  }

  /** Tell what is on, if it is other than what was told; and look again once that is over. */
  #look() {
    clearTimeout(this.#expiry)
    const {features} = this
    const told = JSON.stringify(features)
    const left = this.#left()
    if (left > 0) this.#expiry = setTimeout(() => this.#look(), Math.ceil(left))
    if (told === this.#told) return
    this.#told = told
    this.#tell('gatechange', {features})
  }

  #fault(code) {
    this.#forget()
    this.#tell('fault', {code, text: FAULTS[code]})
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, {detail}))
  }
}

for (const name of ConsentGate.observedAttributes)
  Object.defineProperty(ConsentGate.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name) ?? ''
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name)
      else this.setAttribute(name, value)
    },
  })

/** Of the page that can be framed. @param {string} src of the room */
function addressOf(src, base) {
  let url
  try {
    url = new URL(src, base)
  } catch {
    return null
  }
  const path = /^(.*\/m\/[A-Za-z0-9_-]{16,64})\/?$/.exec(url.pathname)?.[1]
  if (!path || !['http:', 'https:'].includes(url.protocol) || url.username) return null
  return new URL(`${path}/gate`, url.origin)
}

function deferred() {
  const held = {}
  held.promise = new Promise(resolve => (held.resolve = resolve))
  return held
}

ConsentGate.define()
