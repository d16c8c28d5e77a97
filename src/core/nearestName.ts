// Finds the name that a mistyped one probably meant.

/** The nearest of `names`, if it is near enough to be a slip of the hand (a third of its length, case aside); else null. */
export function nearestName(name: string, names: Iterable<string>): string | null {
  const wanted = name.slice(0, maxLength).toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of names) {
    const other = candidate.slice(0, maxLength).toLowerCase();
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (Math.abs(wanted.length - other.length) > limit) continue;
    const distance = editDistance(wanted, other);
    if (distance <= limit && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/**
 * The one of `names` from which `name` differs by a single slip: a letter too many, too few or wrong, two letters swapped, or
 * capitals. Null where it is one of them, or none.
 */
export function slipOf(name: string, names: readonly string[]): string | null {
  if (names.includes(name) || name.length > maxLength) return null;
  const wanted = name.toLowerCase();
  return names.find((candidate) => isOneSlip(wanted, candidate.toLowerCase())) ?? null;
}

/**
 * The key under which a record has the field `name`, or would get it: a slip of it where it is read as that. `known`: all keys that such a
 * record may have, since one may look like a slip of another.
 */
export function writtenKey(record: Readonly<Record<string, unknown>>, name: string, known: readonly string[]): string {
  if (name in record) return name;
  return Object.keys(record).find((key) => slipOf(key, known) === name) ?? name;
}

/** By what is left between the beginning and the end that both share. */
function isOneSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [ofA, ofB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (ofA.length <= 1 && ofB.length <= 1) return true;
  return ofA.length === 2 && ofA === ofB.slice(1) + ofB.slice(0, 1);
}

/** Longer names are compared by their beginning only, so that hostile input stays cheap. */
const maxLength = 80;

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
