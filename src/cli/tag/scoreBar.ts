// A score as a bar and two digits, as the tree prints it.
import { scoreText } from '../../core/scoreText';

const cells = 10;

/** `■■■■■■■■□□ .83`. */
export function scoreBar(score: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, score)) * cells);
  return `${'■'.repeat(filled)}${'□'.repeat(cells - filled)} ${scoreText(score)}`;
}
