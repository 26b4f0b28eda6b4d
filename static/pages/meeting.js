/** The page `/m/{room}`: lobby, room and end, in one document. */
import {attend} from './attend.js'
import {meet} from './room.js'
import {sentHere} from './sent.js'
import {visit} from './visit.js'
import {Preferences} from '../browser/preferences.js'
import {presses} from '../elements/common/press-guard.js'
import {roomOf} from '../room/invitation.js'
import {Devices} from '../rtc/devices.js'

/** @import {Seat} from './lobby.js' */

const room = roomOf(location.pathname)

const sent = room === null ? null : sentHere(room)

presses.watch()
await visit(room, {
  ways: {meeting: seenAndHeard, gate: () => ({devices: null, inside: attend})},
  sent: () => sent,
})

function seenAndHeard() {
  const preferences = new Preferences()
  const devices = new Devices(preferences)
  return {
    devices,
    inside: (/** @type {Seat & {room: string}} */ seat) => meet({...seat, devices, preferences}),
  }
}
