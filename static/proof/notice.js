/** A notice: the words that were shown, and their digest (`consent/notice.py`). */

import {digest} from './base64url.js'
import {canonical} from './canonical.js'
import {isText} from './form.js'

/** @import {Form} from './form.js' */
/**
 * @typedef {object} Words
 * @property {string} feature @property {string} language @property {string} name
 * @property {string} object @property {string} meaning @property {string} captured
 * @property {string} purpose @property {string} processor @property {string} recipients
 * @property {string} retention @property {string} withdrawal
 */

/** @type {Form} */
export const NOTICE = {
  members: {
    ...{feature: isText, language: isText, name: isText, object: isText, meaning: isText},
    ...{captured: isText, purpose: isText, processor: isText, recipients: isText},
    ...{retention: isText, withdrawal: isText},
  },
}

/** base64url SHA-256 over canonical JSON. @param {Words} notice */
export const noticeDigest = notice => digest(canonical(notice))
