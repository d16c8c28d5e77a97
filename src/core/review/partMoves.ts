// A row more or less gives the parts of a file below it other numbers: which part of now has the text that was decided on.

export interface DecidedPart {
  /** `row-3`, as it was when it was decided on. */
  readonly key: string;
  /** sha256 (hex) of the texts that it was decided on. */
  readonly texts: ReadonlySet<string>;
}

/**
 * Where decisions on parts go, by the keys of the parts: those whose part has another text now follow theirs. Where a text stands more than
 * once they go as far as the nearest one above or below that is told by its text, and without one no farther than they must. What
 * was decided on a text that is gone makes way where it has to: it goes to a key that is free. `now`: texts by key.
 */
export function partMoves(decided: readonly DecidedPart[], now: ReadonlyMap<string, string>): Map<string, string> {
  const away = decided.filter(({ key, texts }) => !texts.has(now.get(key) ?? ''));
  const moves = new Map<string, string>();
  if (away.length === 0) return moves;
  const places = freePlaces(decided, away, now);
  const free = ({ texts }: DecidedPart) =>
    [...texts].flatMap((text) => places.get(text) ?? []).filter((key) => !taken.has(key));
  const taken = new Set<string>();
  const move = (from: string, to: string) => {
    moves.set(from, to);
    taken.add(to);
  };
  const byNumber = away.toSorted((a, b) => numberOf(a.key) - numberOf(b.key));
  for (const part of byNumber) {
    const [only, ...others] = free(part);
    if (only !== undefined && others.length === 0) move(part.key, only);
  }
  const told = [...moves];
  for (const part of byNumber.filter(({ key }) => !moves.has(key))) {
    const wanted = numberOf(part.key) + shiftNear(part.key, told);
    const [best] = free(part).sort((a, b) => Math.abs(numberOf(a) - wanted) - Math.abs(numberOf(b) - wanted));
    if (best !== undefined) move(part.key, best);
  }
  const left = [...moves.keys()].filter((key) => !taken.has(key));
  for (const { key } of away) {
    const way = !moves.has(key) && taken.has(key) ? left.shift() : undefined;
    if (way !== undefined) moves.set(key, way);
  }
  return moves;
}

/** By text, of those that are looked for: the parts that have it and no decision of their own on it. */
function freePlaces(
  decided: readonly DecidedPart[],
  away: readonly DecidedPart[],
  now: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const moving = new Set(away);
  const settled = new Set(decided.filter((part) => !moving.has(part)).map(({ key }) => key));
  const places = new Map(away.flatMap(({ texts }) => [...texts].map((text): [string, string[]] => [text, []])));
  for (const [key, text] of now) if (!settled.has(key)) places.get(text)?.push(key);
  return places;
}

/** By how much the nearest part moved whose place is known. */
function shiftNear(key: string, told: readonly (readonly [from: string, to: string])[]): number {
  let best: { readonly distance: number; readonly shift: number } | null = null;
  for (const [from, to] of told) {
    const distance = Math.abs(numberOf(from) - numberOf(key));
    if (!best || distance < best.distance) best = { distance, shift: numberOf(to) - numberOf(from) };
  }
  return best?.shift ?? 0;
}

function numberOf(key: string): number {
  return Number(/\d+$/u.exec(key)?.[0] ?? 0);
}
