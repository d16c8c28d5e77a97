// A score as a bar and two digits, as the tree prints it.

const cells = 10;

/** `■■■■■■■■□□ .83`; scores of .995 and above print as 1.0. */
export function scoreBar(score: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, score)) * cells);
  return `${'■'.repeat(filled)}${'□'.repeat(cells - filled)} ${twoDigits(score)}`;
}

export function twoDigits(score: number): string {
  return score >= 0.995 ? '1.0' : score.toFixed(2).slice(1);
}
