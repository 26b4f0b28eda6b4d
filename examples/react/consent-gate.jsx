import 'gatekeeper-consent-gate'
import {useEffect, useRef, useState} from 'react'

/** The gate of a room; `children` is shown what is on, by feature. */
export function ConsentGate({children, ...attributes}) {
  const element = useRef(null)
  const [features, setFeatures] = useState({})
  useEffect(() => {
    const gate = element.current
    const changed = ({detail}) => setFeatures(detail.features)
    gate.addEventListener('gatechange', changed)
    return () => gate.removeEventListener('gatechange', changed)
  }, [])
  return (
    <>
      {children(features)}
      <consent-gate ref={element} {...attributes} />
    </>
  )
}
