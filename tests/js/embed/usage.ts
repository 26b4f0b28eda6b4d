/** What an embedder writes in TypeScript; the compiler holds `client.d.ts` to it. */
import {
  ConsentRequired,
  Gate,
  GateError,
  GateUnreachable,
  type Permit,
  PermitEnded,
  Refused,
  type Room,
} from '../../../embed/node/client.js'
import {media, type Packet} from '../../../embed/node/media.js'

const gate = new Gate('https://gate.example.org', 'gk_id_secret')

export async function opens(): Promise<string> {
  const room = await gate.openRoom({title: 'Call', language: 'en', features: ['recording']})
  await room.report(new Set(['ann']))
  const entry: string = await room.entry('ann', {host: true})
  const {features} = await room.state()
  const on: boolean = features.every(({sign}) => sign === 'on')
  await room.end()
  return `${room.opened?.invitation}#entry=${entry} ${on}`
}

export async function records(room: Room, stop: AbortSignal): Promise<number> {
  const kept = await room.withPermit(
    'recording',
    async permit => {
      const answer = await fetch('https://example.org', {signal: permit.signal})
      permit.check()
      return (await answer.arrayBuffer()).byteLength
    },
    {wait: 30, signal: stop},
  )
  await using permit: Permit = await room.permit('recording', {wait: 30})
  if (permit.alive && permit.left > 1) await permit.ended
  await permit.release()
  const people: readonly string[] = permit.people
  return kept + people.length + permit.token.length
}

export async function listens(permit: Permit, keep: (packet: Packet) => void): Promise<never> {
  for await (const packet of media(permit, {audio: 'pcm'})) {
    const who: string = `${packet.name} with ${packet.people.length - 1} more`
    if (packet.kind === 'pcm' && packet.content.length > 0 && who) keep(packet)
  }
  throw new Error('it ends by throwing')
}

export function tells(fault: unknown): string {
  if (fault instanceof ConsentRequired || fault instanceof Refused)
    return `${fault.status} ${fault.code}`
  if (fault instanceof GateUnreachable || fault instanceof PermitEnded) return fault.code
  return fault instanceof GateError ? fault.message : 'none of ours'
}

// What is not promised is a mistake.
// @ts-expect-error: permits are lent, and never made
export const made = () => new Permit()
// @ts-expect-error: nobody sets it
export const lengthened = (permit: Permit) => (permit.alive = true)
// @ts-expect-error: a room has words, so a language
export const silent = () => gate.openRoom({title: 'Call', features: []})
