/** Fakes of our own: they write down what was asked of them, and time passes when told to. */

export class FakeClock {
  now = 0
  #calls = new Set()

  after = (milliseconds, call) => {
    const entry = {at: this.now + milliseconds, call}
    this.#calls.add(entry)
    return () => this.#calls.delete(entry)
  }

  pass(milliseconds) {
    const end = this.now + milliseconds
    for (;;) {
      const due = [...this.#calls].filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#calls.delete(due)
      this.now = due.at
      due.call()
    }
    this.now = end
  }

  get waiting() {
    return this.#calls.size
  }
}

export class FakeSocket extends EventTarget {
  readyState = 1
  sent = []

  constructor(url) {
    super()
    this.url = url
  }

  send(frame) {
    this.sent.push(JSON.parse(frame))
  }

  close() {
    this.readyState = 3
  }

  says(message) {
    this.dispatchEvent(Object.assign(new Event('message'), {data: JSON.stringify(message)}))
  }

  ends(code) {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), {code}))
  }

  get types() {
    return this.sent.map(({type}) => type)
  }
}

/** Surroundings for a Signaling: its sockets, its clock, its network. */
export class FakeWorld {
  clock = new FakeClock()
  sockets = []
  watchers = new Set()
  after = this.clock.after
  random = () => 1

  connect = url => {
    const socket = new FakeSocket(url)
    this.sockets.push(socket)
    return socket
  }

  watch = changed => {
    this.watchers.add(changed)
    return () => this.watchers.delete(changed)
  }

  get socket() {
    return this.sockets.at(-1)
  }

  networkChanges() {
    for (const changed of this.watchers) changed()
  }
}

export class FakeTransceiver {
  mid = null
  codecs = []
  sender = {
    track: null,
    replaceTrack: async track => void (this.sender.track = track),
    getParameters: () => ({encodings: [{}]}),
    setParameters: async parameters => void (this.parameters = parameters),
  }

  constructor(trackOrKind, options) {
    this.kind = trackOrKind.kind ?? trackOrKind
    this.sender.track = trackOrKind.kind ? trackOrKind : null
    this.options = options
  }

  setCodecPreferences(codecs) {
    this.codecs = codecs
  }
}

export class FakeConnection extends EventTarget {
  static made = []
  connectionState = 'new'
  signalingState = 'stable'
  iceGatheringState = 'new'
  localDescription = null
  remoteDescription = null
  transceivers = []

  constructor(configuration) {
    super()
    this.configuration = configuration
    FakeConnection.made.push(this)
  }

  addTransceiver(trackOrKind, options) {
    const transceiver = new FakeTransceiver(trackOrKind, options)
    this.transceivers.push(transceiver)
    return transceiver
  }

  async setLocalDescription() {
    this.transceivers.forEach((transceiver, index) => (transceiver.mid = String(index)))
    this.localDescription = {type: 'offer', sdp: 'v=0 offer'}
    this.signalingState = 'have-local-offer'
  }

  async setRemoteDescription(description) {
    this.remoteDescription = description
    this.signalingState = 'stable'
  }

  gathers() {
    this.iceGatheringState = 'complete'
    this.dispatchEvent(new Event('icegatheringstatechange'))
  }

  becomes(state) {
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }

  setConfiguration(configuration) {
    if (this.signalingState === 'closed') throw new Error('InvalidStateError')
    this.configuration = configuration
  }

  close() {
    this.connectionState = this.signalingState = 'closed'
  }
}

/** What a browser has and Node has not. */
export function installWebRtc() {
  FakeConnection.made = []
  const codecs = {
    audio: [{mimeType: 'audio/red'}, {mimeType: 'audio/opus'}],
    video: [{mimeType: 'video/H264'}, {mimeType: 'video/VP8'}, {mimeType: 'video/rtx'}],
  }
  globalThis.RTCPeerConnection = FakeConnection
  globalThis.MediaStream = class {}
  globalThis.RTCRtpSender = {getCapabilities: kind => ({codecs: codecs[kind]})}
}

/** Let every promise that can go on, go on: a turn of the event loop, no time. */
export async function settle() {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}

/** Until it is so; WebCrypto works in a thread of its own. */
export async function until(true_) {
  while (!true_()) await new Promise(resolve => setImmediate(resolve))
}

/** One device's track: it ends when it is let go of, or when its plug is drawn. */
export class FakeTrack extends EventTarget {
  readyState = 'live'
  enabled = true
  contentHint = ''
  /** Whether it can sound otherwise while it runs. */
  static retunes = true
  #settings

  /** @param {string} kind @param {Record<string, unknown>} [sound] as it was asked for */
  constructor(kind, deviceId = '', sound = {}) {
    super()
    this.kind = kind
    this.#settings = {...sound, deviceId}
  }

  getConstraints() {
    return {}
  }

  async applyConstraints(wanted) {
    if (FakeTrack.retunes) Object.assign(this.#settings, wanted)
  }

  getSettings() {
    return this.#settings
  }

  stop() {
    this.readyState = 'ended'
  }

  isUnplugged() {
    this.stop()
    this.dispatchEvent(new Event('ended'))
  }
}

/** `navigator.mediaDevices`: each question waits until it is answered here. */
export class FakeMedia extends EventTarget {
  /** Every question, the oldest first. */
  asked = []
  tracks = []
  found = []

  getUserMedia = wanted =>
    this.#ask(
      ['audio', 'video'].filter(kind => wanted[kind]),
      wanted,
    )
  getDisplayMedia = wanted => this.#ask(['video'], {display: true, ...wanted})
  enumerateDevices = async () => this.found

  #ask(kinds, wanted) {
    return new Promise((resolve, reject) => {
      const answered = answer => {
        question.open = false
        return answer
      }
      const question = {
        kinds,
        wanted,
        open: true,
        gives: async (...given) => {
          const got = given.length > 0 ? given : kinds
          const tracks = got.map(kind => trackOf(kind, wanted[kind] ?? {}))
          this.tracks.push(...tracks)
          answered(resolve({getTracks: () => tracks, getVideoTracks: () => tracks}))
          await settle()
        },
        refuses: async name => {
          answered(reject(Object.assign(new Error(name), {name})))
          await settle()
        },
      }
      this.asked.push(question)
    })
  }

  /** The questions that nobody has answered yet. */
  get open() {
    return this.asked.filter(({open}) => open)
  }

  /** The newest question, which must be an open one. */
  get question() {
    const last = this.asked.at(-1)
    if (!last?.open) throw new RangeError('nothing is being asked')
    return last
  }

  get live() {
    return this.tracks.filter(({readyState}) => readyState === 'live')
  }

  /** A plug goes in or out. */
  async now(...found) {
    this.found = found.map(([kind, deviceId]) => ({kind, deviceId, label: deviceId}))
    this.dispatchEvent(new Event('devicechange'))
    await settle()
  }
}

/** As it was asked for. */
function trackOf(kind, wanted) {
  const {echoCancellation, noiseSuppression, autoGainControl, deviceId} = wanted
  const sound = Object.entries({echoCancellation, noiseSuppression, autoGainControl}).map(
    ([name, value]) => [name, value?.exact ?? value],
  )
  return new FakeTrack(kind, deviceId?.ideal ?? '', Object.fromEntries(sound))
}

/**
 * @param {PermissionState | null} permission of microphone and camera; null: the browser does not say
 * @returns {FakeMedia} the devices of this machine from now on
 */
export function installMedia(permission = 'granted') {
  const media = new FakeMedia()
  const query = async () => {
    if (permission === null) throw new TypeError('no such permission')
    return {state: permission}
  }
  const value = {mediaDevices: media, permissions: {query}}
  Object.defineProperty(globalThis, 'navigator', {value, configurable: true})
  globalThis.HTMLMediaElement ??= class {}
  return media
}

/** Where keys are kept for as long as a test lasts. */
export class MemoryKeyStore {
  #pairs = new Map()

  async load(room) {
    return this.#pairs.get(room) ?? null
  }

  async save(room, pair) {
    this.#pairs.set(room, pair)
  }
}
