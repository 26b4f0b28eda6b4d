/**
 * How long a browser takes to check everybody's yes before it offers its copy: milliseconds from
 * `grants` and `tap` to the offer, of each turn, with statements that it has never seen.
 */
async ({people, turns, kind}) => {
  const load = name => import(`/static/${name}`)
  const {TapGuard} = await load('room/tap-guard.js')
  const {DECISION} = await load('proof/statement.js')
  const {base64url, bytes} = await load('proof/base64url.js')
  const {canonical} = await load('proof/canonical.js')
  const {headerOf} = await load('proof/jws.js')
  const {thumbprint} = await load('proof/key.js')

  const algorithm =
    kind === 'P-256' ? {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'} : {name: 'Ed25519'}
  const {subtle} = crypto
  const importKey = subtle.importKey
  if (kind === 'plain')
    subtle.importKey = function (format, raw, what, ...rest) {
      if (what === 'Ed25519') throw new DOMException('none here', 'NotSupportedError')
      return importKey.call(this, format, raw, what, ...rest)
    }

  const notice = 'n'.repeat(43)
  const random = () => base64url(crypto.getRandomValues(new Uint8Array(16)))
  const someone = async () => {
    const pair = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
    const {kty, crv, x, y} = await subtle.exportKey('jwk', pair.publicKey)
    const key = y === undefined ? {kty, crv, x} : {kty, crv, x, y}
    const subject = await thumbprint(key)
    const sign = async life => {
      const about = {meeting: 'room', subject, feature: 'recording', decision: 'granted', notice}
      const said = {type: DECISION, ...about, language: 'en', life, nonce: random()}
      const body = `${headerOf(key)}.${base64url(bytes(canonical(said)))}`
      const signature = await subtle.sign(algorithm, pair.privateKey, bytes(body))
      return {statement: `${body}.${base64url(new Uint8Array(signature))}`, key}
    }
    return {id: subject, sign}
  }

  const everybody = await Promise.all(Array.from({length: people}, someone))
  const view = {
    you: everybody[0].id,
    people: everybody,
    answers: {recording: {decision: 'granted'}},
  }
  const facts = {features: [{id: 'recording', notices: {en: {digest: notice}}}]}
  const tap = {type: 'tap', feature: 'recording', opening: 'o', sources: ['microphone']}
  const times = []
  for (let turn = 0; turn < turns; turn += 1) {
    const ballot = {life: `life${turn}`, hasSigned: () => true}
    const grants = await Promise.all(everybody.map(each => each.sign(ballot.life)))
    let began = 0
    await new Promise(resolve => {
      const open = () => resolve(times.push(performance.now() - began))
      const call = {taps: {open, close: () => {}}, mesh: {connected: []}}
      const guard = new TapGuard(call, 'room', {view, facts}, () => ({ballot}))
      guard.addEventListener('verified', () => guard.review())
      began = performance.now()
      guard.receive({type: 'grants', feature: 'recording', grants})
      guard.receive(tap)
      guard.review()
    })
  }
  subtle.importKey = importKey
  return times
}
