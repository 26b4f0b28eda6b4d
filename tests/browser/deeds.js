/**
 * Notes in `deeds` everything that presses make a page do: what each was about, in order. Links
 * are noted and not followed.
 */
() => {
  const TOLD = {
    'consent-decision': ({feature}) => `answer ${feature}`,
    'feature-request': ({feature}) => `request ${feature}`,
    'part-end': ({feature}) => `end ${feature}`,
    'source-toggle': ({source}) => source,
    'device-choice': ({kind}) => kind,
    'chat-send': () => 'chat',
    'captions-toggle': () => 'captions',
    'summary-so-far': () => 'summary',
    'draft-ask': () => 'draft',
    'draft-recap': () => 'draft',
    'draft-end': () => 'draft',
    'hand-toggle': () => 'hand',
    'reaction-send': () => 'reaction',
    'meeting-leave': () => 'leave',
    'meeting-join': () => 'join',
    'meeting-rejoin': () => 'join',
    'fault-dismiss': () => '',
  }
  window.deeds = []
  for (const [type, about] of Object.entries(TOLD))
    addEventListener(type, event => window.deeds.push(about(event)), true)
  addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!link || event.defaultPrevented) return
    event.preventDefault()
    window.deeds.push(`link ${link.getAttribute('href')}`)
  })
}
