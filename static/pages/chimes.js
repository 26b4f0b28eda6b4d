/** Sounds for what others do in the room, as one prefers it. */
import {newsOf} from '../room/news.js'
import {Chimes} from '../rtc/chimes.js'

/** @import {Meeting} from './room.js' */

/**
 * @param {Meeting} meeting @param {AbortSignal} signal its end is theirs
 * @param {() => boolean} reading whether one looks at the chat
 */
export function chime({session, devices, preferences}, signal, reading) {
  const chimes = new Chimes()
  let before = session.view
  session.addEventListener('change', heard, {signal})

  function heard() {
    const news = newsOf(before, session.view)
    before = session.view
    if (news === null || preferences.get('sounds') === 'off') return
    if ((news === 'message' || news === 'mention') && reading()) return
    // What comes out of a speaker goes into a microphone that takes no echo out.
    const open = devices.microphone.track !== null && preferences.get('echo') === 'off'
    if (open || devices.microphone.tested) return
    void chimes.ring(news, devices.chosen('speaker'))
  }
}
