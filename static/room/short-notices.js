/**
 * What may be asked in a room, in short: for an invitation that is read before anybody comes
 * (fair-consent W1). The whole wording is shown in the lobby, and it alone is agreed to.
 */

/** @import {Say} from '../i18n/words.js' */
/** @import {Facts} from './notices.js' */
import {noticesIn} from './notices.js'

const FACTS = /** @type {const} */ (['captured', 'processor', 'recipients', 'retention'])

/**
 * The text of an invitation, in the room's language.
 * @param {Say} say in that language @param {Facts} facts @param {string} link @returns {string}
 */
export function invitationText(say, facts, link) {
  const askable = new Set(facts.features.filter(each => !each.unavailable).map(({id}) => id))
  const notices = noticesIn(facts, facts.language).filter(({feature}) => askable.has(feature))
  // The link has a line to itself: programs make an address of all that follows it.
  const way = `${say('invite.join')}\n${link}`
  if (notices.length === 0) return `${way}\n\n${say('lobby.nothing')}`
  const short = notices.map(notice =>
    [
      notice.name,
      notice.meaning,
      ...FACTS.map(fact => `${say(`fact.${fact}`)}: ${notice[fact]}`),
    ].join('\n'),
  )
  return [way, say('invite.asked'), ...short, say('lobby.choices.note'), say('invite.choose')].join(
    '\n\n',
  )
}
