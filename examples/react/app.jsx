/** Whoever comes is asked in the page; what they see says whether the call is captured. */
import {useState} from 'react'
import {createRoot} from 'react-dom/client'
import {ConsentGate} from './consent-gate.jsx'

function App({src, entry}) {
  const [trouble, setTrouble] = useState('')

  /** Ours has everybody asked, and holds the permit for as long as this request is open. */
  async function ask() {
    const answer = await fetch('/recording', {method: 'POST'})
    setTrouble((await answer.json()).code)
  }

  return (
    <ConsentGate src={src} entry={entry} shape="panel">
      {({sound}) => (
        <p>
          <button id="record" onClick={ask}>
            Record this call
          </button>{' '}
          <span id="state">{sound ? 'Recording' : 'Off'}</span>{' '}
          <small role="status">{trouble}</small>
        </p>
      )}
    </ConsentGate>
  )
}

const person = await (await fetch('/people', {method: 'POST'})).json()
createRoot(document.querySelector('main')).render(<App {...person} />)
