// What `glitag rerank` prints: a line a result, or JSON.
import { scoreText } from '../../core/scoreText';
import { shownLine } from '../shownLine';
import { roundedScore } from '../../workspace/export/roundedScore';

export interface Ranked {
  /** Where it stands: `path:line`, which terminals open, or the id of a line. */
  readonly place: string;
  readonly score: number;
  /** In one line. */
  readonly shown: string;
  /** An object, given the score as files hold it. */
  readonly json: (score: number) => string;
}

/** `{model, results: […]}` with `json`. */
export function printRanked(
  model: string,
  results: readonly Ranked[],
  { json = false }: { readonly json?: boolean },
): void {
  if (!json) {
    for (const { place, score, shown } of results)
      process.stdout.write(`${shownLine(`${place}: ${scoreText(score)} ${shown}`)}\n`);
    return;
  }
  const lines = results.map((result) => `    ${result.json(roundedScore(result.score))}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  process.stdout.write(`{\n  "model": ${JSON.stringify(model)},\n  "results": ${list}\n}\n`);
}
