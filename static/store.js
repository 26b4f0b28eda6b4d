/**
 * Where a participant's key pair stays while a tab is reloaded: IndexedDB, by room.
 *
 * The pair is kept as CryptoKeys: the private one never leaves WebCrypto as bytes.
 */

const DATABASE = 'gatekeeper'
const STORE = 'keys'

/**
 * @typedef {object} KeyStore
 * @property {(room: string) => Promise<CryptoKeyPair | null>} load
 * @property {(room: string, pair: CryptoKeyPair) => Promise<void>} save
 */

/** @implements {KeyStore} */
export class BrowserKeyStore {
  /** @param {string} room @returns {Promise<CryptoKeyPair | null>} */
  async load(room) {
    const found = await this.#with('readonly', keys => keys.get(room))
    return isPair(found) ? found : null
  }

  /** @param {string} room @param {CryptoKeyPair} pair */
  async save(room, {publicKey, privateKey}) {
    await this.#with('readwrite', keys => keys.put({publicKey, privateKey}, room))
  }

  /**
   * @template T
   * @param {IDBTransactionMode} mode @param {(keys: IDBObjectStore) => IDBRequest<T>} act
   * @returns {Promise<T>}
   */
  async #with(mode, act) {
    const database = await opened()
    try {
      return await done(act(database.transaction(STORE, mode).objectStore(STORE)))
    } finally {
      database.close()
    }
  }
}

/** @implements {KeyStore} where there is no IndexedDB: a reload makes a new person */
export class MemoryKeyStore {
  /** @type {Map<string, CryptoKeyPair>} */
  #pairs = new Map()

  /** @param {string} room */
  async load(room) {
    return this.#pairs.get(room) ?? null
  }

  /** @param {string} room @param {CryptoKeyPair} pair */
  async save(room, pair) {
    this.#pairs.set(room, pair)
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const request = indexedDB.open(DATABASE, 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
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
