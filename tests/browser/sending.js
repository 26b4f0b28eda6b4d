/**
 * Keeps the `connections` of a page and notes each act on one, so that `sending()` tells what is
 * sent: the acts so far, and of each connection whether it is a tap of the server's, and each
 * sender's kind of track and parameters.
 */
() => {
  if (!globalThis.RTCPeerConnection) return // an empty page has none
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
  globalThis.connections = []
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      connections.push(this)
    }
  }
  const told = sender => {
    const {encodings = [], degradationPreference = ''} = sender.getParameters()
    const asked = encodings.map(({active, maxBitrate, maxFramerate, scaleResolutionDownBy}) =>
      [active, maxBitrate, maxFramerate, scaleResolutionDownBy].join(),
    )
    const {width, height} = sender.track?.getSettings() ?? {}
    return [sender.track?.kind, width, height, ...asked, degradationPreference].join(' ')
  }
  globalThis.sending = () => ({
    acts: acts.toSorted(),
    sent: connections
      .filter(peer => peer.connectionState === 'connected')
      .map(peer => ({
        tap: peer.remoteDescription.sdp.includes('a=recvonly'),
        senders: peer.getSenders().map(told).toSorted(),
      })),
  })
}
