// Label vectors of a task after its examples. Each label is moved once for the same examples: a decision about one label costs
// the work of that label alone.
import { setImmediate } from 'node:timers/promises';
import type { Example } from '../../core/labelSet';
import { AppError } from '../../shared/errors';
import { exampleKey } from '../../shared/task';
import { dot } from './dot';
import { moveLabel } from './fewShot';
import { RecentCache } from './recentCache';

/** Moved labels that are kept: 6 MB with the embedded model. */
const keptLabels = 4096;

/** An example with the vectors of its text, [chunks][dimensions], as documents have them. */
export interface ExampleVectors extends Example {
  readonly vectors: readonly Float32Array[];
}

export class MovedLabels {
  private readonly kept = new RecentCache<Float32Array>(keptLabels);

  /**
   * A label moves if an example carries it or rejects it; all others keep their vector, bit for bit. Of an example of several
   * chunks the one counts that the zero-shot vector likes best: it is the evidence of the label's score.
   * @param zeroShot [labels][dimensions].
   * @param prompt Read with the examples' texts.
   * @param isCancelled Asked between labels; the event loop gets a turn before.
   * @throws AppError cancelled.
   */
  async of(
    labels: readonly string[],
    zeroShot: readonly Float32Array[],
    examples: readonly ExampleVectors[],
    prompt: string,
    isCancelled: () => boolean,
  ): Promise<readonly Float32Array[]> {
    const names = examples.map((example) => JSON.stringify(exampleKey({ ...example, labels: [], rejected: [] })));
    const moved: Float32Array[] = [];
    for (const [index, vector] of zeroShot.entries()) {
      const label = labels[index] ?? '';
      const sides = examples.map((example) => sideOf(example, label));
      // Texts that are nothing but other labels' examples move none.
      if (!sides.some((side) => side === 'carries' || side === 'rejects')) {
        moved.push(vector);
        continue;
      }
      const key = JSON.stringify([label, prompt, names.flatMap((name, at) => sideKey(name, sides[at]))]);
      const known = this.kept.get(key);
      if (!known) {
        await setImmediate();
        if (isCancelled()) throw new AppError('cancelled', 'Cancelled.');
      }
      const own = known ?? moveBySides(vector, examples, sides);
      if (!known) this.kept.set(key, own);
      moved.push(own);
    }
    return moved;
  }
}

/** What an example says of a label; `other`: it carries none but its own, so it does not carry this one. */
type Side = 'carries' | 'rejects' | 'other' | null;

function sideOf({ labels, rejected }: Example, label: string): Side {
  if (labels.includes(label)) return 'carries';
  if (rejected === undefined) return 'other';
  return rejected.includes(label) ? 'rejects' : null;
}

function sideKey(name: string, side: Side | undefined): readonly string[] {
  return side ? [side, name] : [];
}

function moveBySides(
  zeroShot: Float32Array,
  examples: readonly ExampleVectors[],
  sides: readonly Side[],
): Float32Array {
  const positives: Float32Array[] = [];
  const negatives: Float32Array[] = [];
  for (const [index, { vectors }] of examples.entries()) {
    const side = sides[index] ?? null;
    const evidence = side === null ? null : bestOf(vectors, zeroShot);
    if (evidence) (side === 'carries' ? positives : negatives).push(evidence);
  }
  return moveLabel(zeroShot, positives, negatives);
}

function bestOf(vectors: readonly Float32Array[], label: Float32Array): Float32Array | null {
  let best: { readonly vector: Float32Array; readonly logit: number } | null = null;
  for (const vector of vectors) {
    const logit = dot(vector, label);
    if (!best || logit > best.logit) best = { vector, logit };
  }
  return best?.vector ?? null;
}
