/**
 * A camera of one colour and a microphone of one tone, in place of the machine's own, so
 * that whatever arrives anywhere tells whose it is.
 *
 * `broken` maps a kind of track to the DOMException that asking for it ends in. Only who is
 * `lively` moves and sounds all the time. Who is `quiet` has a picture that stands still and
 * a microphone that sends nothing (a shared screen always moves); who `plays` is as quiet, and something
 * sounds on the screen that they share; who `shares` is as quiet, and has the browser's own dialog; who `speaks` is as quiet until `say(wav)` plays a WAV file,
 * in base64, into the microphone, and `heardBy()` tells how many of the server's taps hear it.
 */
own => {
  if (!navigator.mediaDevices) return // an empty page has none
  const FRAMES_PER_SECOND = 5
  const Waking = globalThis.AudioContext
  const BROKEN = {audio: own.broken.microphone, video: own.broken.camera}

  /**
   * One hue, with a bar; if it moves, the encoder keeps sending. Then it has a comb in its middle,
   * too, of which nothing is left in a picture half as large: there black and white are one pixel.
   */
  const picture = (hue, moves) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const pen = canvas.getContext('2d', {alpha: false})
    let step = 0
    const draw = () => {
      pen.fillStyle = `hsl(${hue} 90% 45%)`
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.fillStyle = `hsl(${hue} 90% 25%)`
      pen.fillRect((step += 8) % canvas.width, 0, 24, canvas.height)
      if (moves) comb()
    }
    const comb = () => {
      for (let tooth = 0; tooth < 16; tooth++) {
        pen.fillStyle = tooth % 2 ? 'white' : 'black'
        pen.fillRect(canvas.width / 2 + 2 * tooth - 15, canvas.height / 2 - 20, 2, 40)
      }
    }
    draw()
    const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks()
    if (!moves) return track
    const drawing = setInterval(() => {
      if (track.readyState === 'ended') clearInterval(drawing)
      else draw()
    }, 1000 / FRAMES_PER_SECOND)
    return track
  }

  const sound = frequency => {
    const context = new Waking({latencyHint: 'playback'})
    const tone = new OscillatorNode(context, {frequency})
    const level = new GainNode(context, {gain: own.loudness})
    const end = new MediaStreamAudioDestinationNode(context, {channelCount: 1})
    tone.connect(level).connect(end)
    tone.start()
    return end.stream.getAudioTracks()[0]
  }

  const silence = () => {
    const context = new AudioContext({latencyHint: 'playback'})
    void context.suspend()
    return new MediaStreamAudioDestinationNode(context).stream.getAudioTracks()[0]
  }

  const voice = () => {
    const context = new Waking()
    const end = new MediaStreamAudioDestinationNode(context, {channelCount: 1})
    globalThis.say = async wav => {
      const bytes = Uint8Array.from(atob(wav), letter => letter.charCodeAt(0))
      const buffer = await context.decodeAudioData(bytes.buffer)
      const words = new AudioBufferSourceNode(context, {buffer})
      words.connect(end)
      words.start()
      return buffer.duration
    }
    return end.stream.getAudioTracks()[0]
  }

  /** Remember each connection. The server's taps are those that only receive. */
  const remember = () => {
    const all = []
    const Native = globalThis.RTCPeerConnection
    globalThis.RTCPeerConnection = class extends Native {
      constructor(...given) {
        super(...given)
        all.push(this)
      }
    }
    const isTap = peer => !!peer.remoteDescription?.sdp.includes('a=recvonly')
    globalThis.heardBy = () =>
      all.filter(peer => isTap(peer) && peer.connectionState === 'connected').length
  }

  /** A page that meters nobody; to do so costs a fifth of all that a room does. */
  const sleep = () => {
    globalThis.AudioContext = class extends Waking {
      constructor(...given) {
        super(...given)
        void this.suspend()
      }
      async resume() {}
    }
  }

  const MICROPHONES = {
    lively: () => sound(own.tone),
    quiet: silence,
    plays: silence,
    shares: silence,
    speaks: voice,
  }

  const refuse = kind => {
    if (BROKEN[kind]) throw new DOMException(`no ${kind}`, BROKEN[kind])
  }
  navigator.mediaDevices.getUserMedia = async wanted => {
    for (const kind of ['audio', 'video']) if (wanted[kind]) refuse(kind)
    const tracks = []
    if (wanted.audio) tracks.push(MICROPHONES[own.manner]())
    if (wanted.video) tracks.push(picture(own.hue, own.manner === 'lively'))
    return new MediaStream(tracks)
  }
  if (own.manner === 'speaks') remember()
  if (own.manner === 'shares') return
  if (own.manner !== 'lively') sleep()
  navigator.mediaDevices.getDisplayMedia = async wanted => {
    const played = wanted.audio && own.manner === 'plays' ? [sound(own.screenTone)] : []
    return new MediaStream([picture(own.screenHue, true), ...played])
  }
}
