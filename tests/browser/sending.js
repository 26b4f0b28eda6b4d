/**
 * Notes each connection of a page and each act on one, so that `sending()` tells what is sent:
 * the acts so far, and of each sender its track's kind and its parameters.
 */
() => {
  if (!globalThis.RTCPeerConnection) return // an empty page has none
  const peers = []
  const acts = []
  const NOTED = [
    [RTCPeerConnection, ['addTrack', 'removeTrack', 'addTransceiver', 'createOffer']],
    [RTCRtpSender, ['setParameters', 'replaceTrack']],
    [RTCRtpTransceiver, ['setCodecPreferences', 'stop']],
  ]
  for (const [type, names] of NOTED)
    for (const name of names) {
      const native = type.prototype[name]
      type.prototype[name] = function (...given) {
        acts.push(name)
        return native.apply(this, given)
      }
    }
  const Native = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      peers.push(this)
    }
  }
  const told = sender => {
    const {encodings = [], degradationPreference = ''} = sender.getParameters()
    const asked = encodings.map(({active, maxBitrate, scaleResolutionDownBy}) =>
      [active, maxBitrate, scaleResolutionDownBy].join(),
    )
    const {width, height} = sender.track?.getSettings() ?? {}
    return [sender.track?.kind, width, height, ...asked, degradationPreference].join(' ')
  }
  globalThis.sending = () => ({
    acts: acts.toSorted(),
    sent: peers
      .filter(peer => peer.connectionState === 'connected')
      .map(peer => peer.getSenders().map(told).toSorted()),
  })
}
