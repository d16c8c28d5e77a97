// Scores as they come into the page, as numbers again.
import type { ScoreMatrix } from '../../src/core/evaluation/scoreMatrix';
import type { ReportData } from '../../src/shared/reportData';
import type { ReportScores } from './reportPage';

/** Base64 of little-endian 32-bit floats, as every machine that runs the page has them. Null where it is none of `length`. */
export function decodeScores(base64: string, length: number): Float32Array | null {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return null;
  }
  if (binary.length !== 4 * length) return null;
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** Null where scores are not as many as rows and labels need. */
export function scoresOf({ labels, rows, scores, earlier }: ReportData): ReportScores | null {
  const matrixOf = (base64: string): ScoreMatrix | null => {
    const decoded = decodeScores(base64, labels.length * rows.length);
    return decoded && { labels, rows, scores: decoded };
  };
  const matrix = matrixOf(scores);
  const before = earlier ? matrixOf(earlier.scores) : null;
  return matrix && (before !== null || !earlier) ? { matrix, earlier: before } : null;
}
