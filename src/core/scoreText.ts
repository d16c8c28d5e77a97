// Scores as people read them. Digits are cut, never rounded: a score that misses a threshold must not look as if it reached it.

const fewestDigits = 2;
const mostDigits = 4;

/** `.83`, `1.0`. Never 1.0 for less, because a score of .997 is no certainty. `digits` where more are asked for: `.6993`. */
export function scoreText(score: number, digits = fewestDigits): string {
  return score >= 1 ? '1.0' : cut(score, digits).slice(1);
}

/** `0.83`, for sentences. */
export function scoreWords(score: number, digits = fewestDigits): string {
  return cut(Math.min(1, score), digits);
}

/** Digits that a threshold is written with, 2 to 4; a score beside it is shown with as many, so that the two can be compared. */
export function digitsOf(threshold: number): number {
  for (let digits = fewestDigits; digits < mostDigits; digits++) {
    const scaled = threshold * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9) return digits;
  }
  return mostDigits;
}

function cut(score: number, digits: number): string {
  const unit = 10 ** digits;
  // .29 * 100 is a little less than 29; what the nudge makes too much of is taken back.
  let whole = Math.floor(score * unit + 1e-9);
  if (whole / unit > score) whole--;
  return (Math.max(0, whole) / unit).toFixed(digits);
}
