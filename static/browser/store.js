/**
 * What stays in this browser, by room: IndexedDB.
 *
 * Rule 1: a key pair, while a tab is reloaded. It is kept as CryptoKeys: the private one
 * never leaves WebCrypto as bytes.
 * Rule 2: the person's papers, for the page afterwards. They go nowhere from here.
 * Rule 3: where site data is blocked or full, the memory of this page serves: joining again is the
 * same person, and a reload somebody new.
 */

import {arePapers} from '../kept/papers.js'

/** @import {Papers} from '../kept/papers.js' */

const DATABASE = 'gatekeeper'
const VERSION = 2
const KEYS = 'keys'
const PAPERS = 'papers'

/**
 * @typedef {object} KeyStore
 * @property {(room: string) => Promise<CryptoKeyPair | null>} load
 * @property {(room: string, pair: CryptoKeyPair) => Promise<void>} save
 */

/**
 * @typedef {object} PaperStore
 * @property {(room: string) => Promise<Papers | null>} load
 * @property {(room: string, papers: Papers) => Promise<void>} save
 */

/** @type {Readonly<Record<string, Map<string, unknown>>>} what the browser would not take */
const MEMORY = {[KEYS]: new Map(), [PAPERS]: new Map()}

/** @implements {KeyStore} */
export class BrowserKeyStore {
  /** @param {string} room @returns {Promise<CryptoKeyPair | null>} */
  async load(room) {
    const found = await load(KEYS, room)
    return isPair(found) ? found : null
  }

  /** @param {string} room @param {CryptoKeyPair} pair */
  async save(room, {publicKey, privateKey}) {
    await save(KEYS, room, {publicKey, privateKey})
  }
}

/** @implements {PaperStore} */
export class BrowserPaperStore {
  /** @param {string} room @returns {Promise<Papers | null>} */
  async load(room) {
    const found = await load(PAPERS, room)
    return arePapers(found) ? found : null
  }

  /** @param {string} room @param {Papers} papers */
  async save(room, papers) {
    await save(PAPERS, room, papers)
  }
}

/** @param {string} store @param {string} room @returns {Promise<unknown>} */
async function load(store, room) {
  const kept = MEMORY[store]?.get(room)
  if (kept !== undefined) return kept
  try {
    return await within(store, 'readonly', found => found.get(room))
  } catch (refusal) {
    console.debug('nothing is kept in this browser', refusal)
    return undefined
  }
}

/** @param {string} store @param {string} room @param {unknown} value */
async function save(store, room, value) {
  try {
    await within(store, 'readwrite', kept => kept.put(value, room))
    MEMORY[store]?.delete(room)
  } catch (refusal) {
    console.debug('kept in this page alone', refusal)
    MEMORY[store]?.set(room, value)
  }
}

/**
 * @template T
 * @param {string} store @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function within(store, mode, act) {
  const database = await opened()
  try {
    return await done(act(database.transaction(store, mode).objectStore(store)))
  } finally {
    database.close()
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const request = indexedDB.open(DATABASE, VERSION)
  request.addEventListener('upgradeneeded', () => {
    const {result} = request
    for (const store of [KEYS, PAPERS])
      if (!result.objectStoreNames.contains(store)) result.createObjectStore(store)
  })
  return done(request)
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
}

/** @param {unknown} value @returns {value is CryptoKeyPair} */
function isPair(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    'publicKey' in value &&
    'privateKey' in value &&
    value.publicKey instanceof CryptoKey &&
    value.privateKey instanceof CryptoKey
  )
}
