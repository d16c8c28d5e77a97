// How a passage stands to a statement, and what that comes to for the statement.

/** `neither`: the passage may be about the same matter, but says nothing of whether the statement is true. */
export const stances = ['supports', 'contradicts', 'neither'] as const;

export type Stance = (typeof stances)[number];

/** What a model makes of a passage: for each stance how well it fits, 0 to 1. */
export type StanceScores = Readonly<Record<Stance, number>>;

export type Verdict = 'supported' | 'contradicted' | 'not found';

/** Lowest score with which a passage speaks for or against a statement: what is less sure than that is no evidence. */
const lowestScore = 0.5;

/** The stance that fits best; `neither` where that is not sure enough, and where support and contradiction fit equally well. */
export function stanceOf({ supports, contradicts, neither }: StanceScores): Stance {
  const best = Math.max(supports, contradicts);
  if (best < lowestScore || neither >= best || supports === contradicts) return 'neither';
  return supports > contradicts ? 'supports' : 'contradicts';
}

/** By the passage that is surest, for or against; `supported` where two that disagree are equally sure. */
export function verdictOf(passages: readonly StanceScores[]): Verdict {
  const surest = (stance: 'supports' | 'contradicts'): number =>
    Math.max(0, ...passages.filter((scores) => stanceOf(scores) === stance).map((scores) => scores[stance]));
  const [supports, contradicts] = [surest('supports'), surest('contradicts')];
  if (supports === 0 && contradicts === 0) return 'not found';
  return supports >= contradicts ? 'supported' : 'contradicted';
}
