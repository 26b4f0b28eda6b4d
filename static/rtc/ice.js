/** What the server says of STUN and TURN servers, as connections take it. */

/** @import {Ice} from '../wire/messages.js' */

/** Until one has a seat. @type {RTCConfiguration} */
export const NO_ICE = {iceServers: []}

/** @param {Ice} ice @returns {RTCConfiguration} */
export const configurationOf = ({servers, relay_only}) => ({
  iceServers: servers.map(({urls, username, credential}) => ({
    urls: [...urls],
    ...(username && credential ? {username, credential} : {}),
  })),
  iceTransportPolicy: relay_only ? 'relay' : 'all',
})

/**
 * What stands goes on; what is looked for from now on is looked for with these.
 * @param {RTCPeerConnection} connection @param {RTCConfiguration} configuration
 */
export function configure(connection, configuration) {
  try {
    connection.setConfiguration(configuration)
  } catch (refusal) {
    console.debug('configuration refused', refusal)
  }
}
