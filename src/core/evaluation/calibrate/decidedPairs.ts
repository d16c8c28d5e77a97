// What calibration learns from: scored pairs of a document and a label on which somebody decided.
import type { ClassificationMode } from '../../labelSet';
import type { ScoreMatrix } from '../scoreMatrix';

export interface DecidedPair {
  readonly document: string;
  /** Number of the label. */
  readonly label: number;
  readonly score: number;
  readonly isTrue: boolean;
}

export interface DecidedPairs {
  readonly pairs: readonly DecidedPair[];
  /** True labels that no threshold can give, [labels]: they were not asked for, or in single-label mode are not the best. */
  readonly unreachable: readonly { readonly document: string; readonly label: number }[];
}

/** Multi-label: all scored pairs. Single-label: of each row the best label, the only one that can be given. */
export function decidedPairs({ labels, rows, scores }: ScoreMatrix, mode: ClassificationMode): DecidedPairs {
  const pairs: DecidedPair[] = [];
  const unreachable: { document: string; label: number }[] = [];
  rows.forEach(({ document, truth }, row) => {
    const own = scores.subarray(row * labels.length, (row + 1) * labels.length);
    const best = own.reduce(
      (top, score, label) => (score > (own[top] ?? NaN) || Number.isNaN(own[top]) ? label : top),
      0,
    );
    own.forEach((score, label) => {
      const isTrue = truth.includes(label);
      const canBeGiven = Number.isFinite(score) && (mode === 'multi-label' || label === best);
      if (canBeGiven) pairs.push({ document, label, score, isTrue });
      else if (isTrue) unreachable.push({ document, label });
    });
  });
  return { pairs, unreachable };
}

/** Parts of a list by the number that each member has, [count]; members whose number is none of them are left out. */
export function partsOf<T>(members: readonly T[], numberOf: (member: T) => number, count: number): readonly T[][] {
  const parts = Array.from({ length: count }, (): T[] => []);
  for (const member of members) parts[numberOf(member)]?.push(member);
  return parts;
}

/**
 * Puts documents into `count` groups of like size, the same at every call and whatever the order: all pairs of one document are in
 * the same group.
 */
export function foldOfDocument(documents: Iterable<string>, count: number): ReadonlyMap<string, number> {
  const hashed = [...new Set(documents)].map((document) => [hashOf(document), document] as const);
  hashed.sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1));
  return new Map(hashed.map(([, document], at) => [document, at % count]));
}

/** FNV-1a, 32 bits: spreads names that differ in their last digit only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  // Its high bits hardly know of the last character.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}
