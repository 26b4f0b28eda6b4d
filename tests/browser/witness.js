/**
 * Notes in order what comes to stand in a page: what the sign of the recording says, whether
 * `name` is anywhere to be read, and every text that is added.
 */
name => {
  const state = () => {
    const plate = document.querySelector('header [data-feature=recording]')
    return {
      sign: plate?.dataset.state ?? 'none',
      named: document.body.textContent.includes(name),
    }
  }
  const same = (one, other) => one.sign === other.sign && one.named === other.named
  const witness = {states: [state()], texts: []}
  const look = records => {
    for (const {type, target, addedNodes} of records) {
      if (type === 'characterData') witness.texts.push(target.data)
      for (const node of addedNodes) witness.texts.push(node.textContent)
    }
    const now = state()
    if (!same(now, witness.states.at(-1))) witness.states.push(now)
  }
  const everything = {subtree: true, childList: true, characterData: true, attributes: true}
  new MutationObserver(look).observe(document, everything)
  window.witness = witness
}
