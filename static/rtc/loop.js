/**
 * A call of this browser with itself: whether it makes connections at all.
 *
 * Rule: nothing leaves the machine. It asks no server, and STUN and TURN servers are told to
 * those who have a seat alone.
 */

/** Milliseconds. */
const PATIENCE = 10_000
const SAID = 'gatekeeper'

/** @returns {Promise<boolean>} whether what was said at one end came out at the other */
export async function loop() {
  const ends = [new RTCPeerConnection(), new RTCPeerConnection()]
  const [here, there] = ends
  if (!here || !there) return false
  try {
    pass(here, there)
    pass(there, here)
    const heard = said(here, there)
    await here.setLocalDescription()
    await there.setRemoteDescription(describe(here))
    await there.setLocalDescription()
    await here.setRemoteDescription(describe(there))
    return await heard
  } catch (error) {
    console.debug('no loop', error)
    return false
  } finally {
    for (const end of ends) end.close()
  }
}

/** @param {RTCPeerConnection} from @param {RTCPeerConnection} to */
function pass(from, to) {
  from.addEventListener('icecandidate', ({candidate}) => {
    if (candidate) to.addIceCandidate(candidate).catch(error => console.debug(error))
  })
}

/** @param {RTCPeerConnection} end @returns {RTCSessionDescriptionInit} */
function describe(end) {
  if (!end.localDescription) throw new TypeError('not described')
  return end.localDescription
}

/** @param {RTCPeerConnection} from @param {RTCPeerConnection} to @returns {Promise<boolean>} */
const said = (from, to) =>
  new Promise(resolve => {
    const channel = from.createDataChannel('loop')
    channel.addEventListener('open', () => channel.send(SAID))
    to.addEventListener('datachannel', event => {
      event.channel.addEventListener('message', ({data}) => resolve(data === SAID))
    })
    setTimeout(() => resolve(false), PATIENCE)
  })
