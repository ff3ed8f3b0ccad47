// Deeds that wait on this phone: one storage key for each, so that two tabs never overwrite each other's.
// An entry leaves the phone only after the server has answered that it is stored; sent twice it is stored once.
const prefix = (member) => `scs-deed-${member}-`;

export function waiting(member) {
  const found = [];
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    if (!key.startsWith(prefix(member))) continue;
    try { found.push(JSON.parse(localStorage.getItem(key))); } catch { /* not ours */ }
  }
  return found.sort((one, other) => one.made - other.made);
}

// false where the phone has no room: the caller says so, nothing is lost silently
export function keep(member, entry) {
  try { localStorage.setItem(prefix(member) + entry.id, JSON.stringify(entry)); return true; } catch { return false; }
}

export function drop(member, id) {
  localStorage.removeItem(prefix(member) + id);
}

export function partner(member, value) {
  const key = `scs-partner-${member}`;
  if (value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* this phone keeps nothing */ } }
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && kept.ends > Date.now() ? kept : null;
  } catch { return null; }
}
