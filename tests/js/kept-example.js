/** A meeting as the page afterwards hears of it, and its parts, to be varied. */

const at = clock => `2026-11-21T${clock}:00Z`

export const film = (more = {}) => ({
  state: 'ready',
  done: 1,
  url: '/api/rooms/r00m/after/recording/film',
  format: 'mp4',
  bytes: 212_400_000,
  seconds: 1500,
  chapters: [
    {at: 0, from: at('10:42'), to: at('10:55'), people: ['ada', 'bo']},
    {at: 780, from: at('11:04'), to: at('11:16'), people: ['ada']},
  ],
  poster: null,
  left_out: [],
  ...more,
})

export const track = (more = {}) => ({
  participant: 'ada',
  source: 'camera',
  opening: 'o1',
  from: at('10:42'),
  to: at('10:55'),
  bytes: 41_700_000,
  url: '/api/rooms/r00m/after/recording/tracks/o1/ada-camera',
  recovered: false,
  ...more,
})

export const feature = (more = {}) => ({
  id: 'recording',
  name: 'Recording',
  kept_until: '2026-11-28T11:30:00Z',
  stretches: [
    {opening: 'o1', from: at('10:42'), to: at('10:55'), latest: null, people: ['ada', 'bo']},
    {opening: 'o2', from: at('11:04'), to: at('11:16'), latest: null, people: ['ada']},
  ],
  film: film(),
  tracks: [track()],
  captions: null,
  your_part: 'kept',
  stopped: false,
  erased_at: null,
  deleted_at: null,
  ...more,
})

export const line = (more = {}) => ({
  id: 'l1',
  participant: 'ada',
  name: 'Ada',
  from: at('10:43'),
  to: at('10:44'),
  text: 'The lime tree stays.',
  ...more,
})

export const tombstone = (more = {}) => line({participant: null, name: null, text: '', ...more})

export const transcript = (more = {}) => ({
  engine: 'moonshine-voice 0.1.0',
  lines: 1,
  version: '1',
  url: '/api/rooms/r00m/after/transcript/lines',
  vtt: '/api/rooms/r00m/after/transcript/lines.vtt',
  text: '/api/rooms/r00m/after/transcript/lines.txt',
  json: '/api/rooms/r00m/after/transcript/lines.json',
  ...more,
})

export const summaryKept = (more = {}) => ({
  state: 'ready',
  done: 1,
  fault: null,
  version: '1',
  url: '/api/rooms/r00m/after/summary/document',
  markdown: '/api/rooms/r00m/after/summary/summary.md',
  json: '/api/rooms/r00m/after/summary/summary.json',
  ...more,
})

export const quote = (more = {}) => ({
  line: 'l1',
  participant: 'ada',
  name: 'Ada',
  at: at('10:43'),
  text: 'The lime tree stays.',
  ...more,
})

export const item = (id, more = {}) => ({
  id,
  text: 'The tree stays.',
  owner: null,
  owner_name: null,
  due: null,
  quotes: [quote()],
  ...more,
})

export const summary = (more = {}) => ({
  engine: 'model',
  model: 'Apertus 8B',
  host: null,
  third_party: false,
  language: 'en',
  from: at('10:42'),
  to: at('11:16'),
  made_at: at('11:31'),
  masked: false,
  sections: [
    {kind: 'decisions', items: [item('i1'), item('i2')]},
    {kind: 'todos', items: [item('i3', {owner: 'ada', owner_name: 'Ada', due: 'Tuesday'})]},
  ],
  ...more,
})

export const KEPT = {
  room: 'r00mr00mr00mr00m',
  title: 'Courtyard repair',
  language: 'en',
  controller: {name: 'Orchard Lane', place: 'Bern', contact: ''},
  opened_at: at('10:30'),
  ended_at: at('11:30'),
  you: 'ada',
  host: false,
  people: [
    {id: 'ada', name: 'Ada'},
    {id: 'bo', name: null},
  ],
  features: [feature()],
  transcript: null,
  summary: null,
}
