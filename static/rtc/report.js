/**
 * What a browser's statistics say of the way between two people, in a few numbers.
 *
 * Rule 1: counts run on from the beginning of the connection; whoever wants to know of a moment
 * takes the difference of two.
 * Rule 2: nothing of it leaves this page.
 */

/** @typedef {'cpu' | 'bandwidth' | 'none'} Limit  what keeps one's own picture from being as large as it should be */
/**
 * @typedef {object} Report
 * @property {number} at  milliseconds
 * @property {number | null} roundTrip  seconds
 * @property {number} received  packets
 * @property {number} lost  packets, on the way here
 * @property {number} lostThere  share of what was sent that got lost, as the other end says, 0 to 1
 * @property {number} frozen  seconds in which a picture stood still that should have moved
 * @property {number} samples  of sound
 * @property {number} concealed  samples that were made up, since nothing had come in time
 * @property {number | null} capacity  bits a second that this way takes, as far as is known
 * @property {Limit} limit
 */

/** @param {unknown} value @returns {number} */
const count = value => (typeof value === 'number' && Number.isFinite(value) ? value : 0)

/** @param {Pick<RTCStatsReport, 'forEach'>} stats @returns {Report} */
export function reported(stats) {
  const report = {
    at: 0,
    roundTrip: /** @type {number | null} */ (null),
    received: 0,
    lost: 0,
    lostThere: 0,
    frozen: 0,
    samples: 0,
    concealed: 0,
    capacity: /** @type {number | null} */ (null),
    limit: /** @type {Limit} */ ('none'),
  }
  stats.forEach((/** @type {Readonly<Record<string, unknown>>} */ stat) => {
    report.at = Math.max(report.at, count(stat['timestamp']))
    if (stat['type'] === 'inbound-rtp') {
      report.received += count(stat['packetsReceived'])
      report.lost += count(stat['packetsLost'])
      report.frozen += count(stat['totalFreezesDuration'])
      report.samples += count(stat['totalSamplesReceived'])
      report.concealed += count(stat['concealedSamples']) - count(stat['silentConcealedSamples'])
    } else if (stat['type'] === 'remote-inbound-rtp') {
      report.lostThere = Math.max(report.lostThere, count(stat['fractionLost']))
    } else if (stat['type'] === 'outbound-rtp') {
      if (stat['active'] !== false) report.limit = worse(report.limit, stat)
    } else if (stat['type'] === 'candidate-pair' && isUsed(stat)) {
      report.roundTrip = count(stat['currentRoundTripTime'])
      report.capacity = count(stat['availableOutgoingBitrate']) || null
    }
  })
  return report
}

/** Of several pairs the one that is in use. @param {Readonly<Record<string, unknown>>} stat */
const isUsed = stat => stat['nominated'] === true && stat['state'] === 'succeeded'

/** @param {Limit} limit @param {Readonly<Record<string, unknown>>} stat @returns {Limit} */
function worse(limit, {qualityLimitationReason: reason}) {
  if (reason === 'cpu' || limit === 'cpu') return 'cpu'
  return reason === 'bandwidth' ? 'bandwidth' : limit
}
