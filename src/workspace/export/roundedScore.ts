// Scores as files hold them.

/** Scores are 32-bit floats; more digits would only be noise. */
export function roundedScore(score: number): number {
  return Number(score.toFixed(6));
}
