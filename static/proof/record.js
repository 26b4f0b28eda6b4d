/** A receipt in the terms of W3C DPV 2.3: all of it follows from the rest of the receipt (`evidence/dpv.py`). */

/** @import {Receipt} from './receipt.js' */
/** @import {Words} from './notice.js' */

export const CONTEXT = {
  ai: 'https://w3id.org/dpv/ai#',
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
}
/** By feature. @type {Readonly<Record<'processing' | 'purpose' | 'personal', ReadonlyMap<string, readonly string[]>>>} */
const TERMS = {
  processing: new Map([
    ['recording', ['dpv:Record', 'dpv:Store']],
    ['transcript', ['ai:SpeechRecognition']],
    ['summary', ['ai:AutomaticSummarisation']],
  ]),
  purpose: new Map([['recording', ['dpv:RecordManagement']]]),
  personal: new Map([['recording', ['pd:VoiceCommunicationRecording', 'pd:Picture']]]),
}

/** @param {Receipt} receipt @param {string} subject @param {string} digest of its notice */
export function recordOf({event, notice, controller, position}, subject, digest) {
  const person = `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${subject}`
  return {
    '@type': 'dpv:ConsentRecord',
    'dct:type': 'dpv:ExplicitlyExpressedConsent',
    'dpv:hasDataSubject': person,
    'dpv:hasDataController': controller,
    'dpv:hasNotice': {
      '@type': 'dpv:ConsentNotice',
      'dct:identifier': digest,
      'dct:language': notice.language,
    },
    'dpv:hasProcess': processOf(notice),
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dpv:isExercisedAt': notice.withdrawal,
    },
    'dpv:hasConsentStatus': {
      '@type': event === 'granted' ? 'dpv:ConsentGiven' : 'dpv:ConsentWithdrawn',
      'dpv:isIndicatedAtTime': position.at,
      'dpv:isIndicatedBy': person,
      'dpv:hasIndicationMethod': "the participant's own web browser",
    },
  }
}

/** @param {Words} notice */
function processOf(notice) {
  const {feature, purpose, meaning, captured, recipients, retention} = notice
  return {
    'dpv:hasPurpose': said(purpose, TERMS.purpose.get(feature)),
    'dpv:hasProcessing': said(meaning, TERMS.processing.get(feature)),
    'dpv:hasPersonalData': said(captured, TERMS.personal.get(feature)),
    'dpv:hasRecipient': said(recipients),
    'dpv:hasStorageCondition': said(retention),
  }
}

/** @param {string} words @param {readonly string[]} [terms] */
function said(words, terms) {
  return terms ? {'@type': terms, 'dct:description': words} : {'dct:description': words}
}
