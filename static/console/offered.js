/** Notices in the languages that joiners are offered: those need not be the console's own. */

/** @import {FeatureState, NoticeInForce} from './shapes.js' */

/**
 * A feature's notice in a language, or in the first that joiners are offered.
 * @param {FeatureState} feature @param {string} language @returns {NoticeInForce | undefined}
 */
export const noticeIn = ({notices}, language) => notices[language] ?? Object.values(notices)[0]

/** What a feature is called. @param {FeatureState} feature @param {string} language */
export const featureName = (feature, language) => noticeIn(feature, language)?.name ?? feature.id
