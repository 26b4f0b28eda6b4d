/** The file of a meeting for a calendar: made of what the room says of itself just now. */
import {fetchFacts} from './api.js'
import {saveFile} from '../elements/common/saving.js'
import {loadWords, words} from '../i18n/words.js'
import {calendarFile, calendarName} from '../room/calendar.js'
import {invitationText} from '../room/short-notices.js'

/** @import {Created} from '../elements/start/room-created.js' */

/**
 * Yields what the file is called, or the code of what is wrong. Its text is in the language of
 * the room, for whom it is, whichever one the page speaks.
 * @param {Pick<Created, 'room' | 'invitation'>} created @param {{start: Date, end: Date}} when
 * @returns {Promise<{name: string} | {code: string}>}
 */
export async function keepForCalendar({room, invitation}, when) {
  const answer = await fetchFacts(room)
  if ('code' in answer) return answer
  const {facts} = answer
  try {
    await loadWords(facts.language)
  } catch {
    return {code: 'unreachable'}
  }
  const file = calendarFile({
    ...when,
    uid: `${room}@${new URL(invitation).hostname}`,
    made: new Date(),
    title: facts.title,
    description: invitationText(words(facts.language), facts, invitation),
    language: facts.language,
    link: invitation,
  })
  const name = calendarName(facts.title)
  saveFile(new Blob([file], {type: 'text/calendar;charset=utf-8'}), name)
  return {name}
}
