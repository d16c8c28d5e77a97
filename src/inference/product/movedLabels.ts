// Label vectors of a task after its examples. Each label is moved once for the same examples: a decision about one label costs
// the work of that label alone.
import { setImmediate } from 'node:timers/promises';
import type { Example } from '../../core/labelSet';
import { exampleKey } from '../../shared/task';
import { cancelled } from '../process/waiters';
import { dot } from './dot';
import { moveLabel } from './fewShot';
import type { Products } from './leaveOut';
import { LeaveOut } from './leaveOut';
import { RecentCache } from './recentCache';

/** Moved labels that are kept: 6 MB with the embedded model. */
const keptLabels = 4096;

/** Turns of the event loop come after so many vectors without some examples: some milliseconds each. */
const leftAtOnce = 8;

/** An example with the vectors of its text, [chunks][dimensions], as documents have them. */
export interface ExampleVectors extends Example {
  /** Among the examples of the task. */
  readonly position: number;
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
      if (!areMoving(sides)) {
        moved.push(vector);
        continue;
      }
      const key = JSON.stringify([label, prompt, names.flatMap((name, at) => sideKey(name, sides[at]))]);
      const known = this.kept.get(key);
      if (!known) {
        await setImmediate();
        if (isCancelled()) throw cancelled();
      }
      const own = known ?? moveBySides(vector, examples, sides);
      if (!known) this.kept.set(key, own);
      moved.push(own);
    }
    return moved;
  }

  /**
   * The vector of a label as it would be without some of the examples, for each of these sets of positions. Nothing of it is kept.
   * @param zeroShot [dimensions].
   * @param products Of all vectors of the examples.
   * @throws AppError cancelled.
   */
  async without(
    label: string,
    zeroShot: Float32Array,
    examples: readonly ExampleVectors[],
    sets: readonly ReadonlySet<number>[],
    products: Products,
    isCancelled: () => boolean,
  ): Promise<readonly Float32Array[]> {
    const sides = examples.map((example) => sideOf(example, label));
    if (!areMoving(sides)) return sets.map(() => zeroShot);
    const { carrying, others } = evidenceOf(zeroShot, examples, sides);
    const texts = [...carrying, ...others];
    const solved = new LeaveOut(zeroShot, vectorsOf(carrying), vectorsOf(others), products);
    const moved: Float32Array[] = [];
    const whole = solved.without(new Set());
    for (const [at, set] of sets.entries()) {
      if (at % leftAtOnce === 0) {
        await setImmediate();
        if (isCancelled()) throw cancelled();
      }
      const rest = examples.flatMap(({ position }, index) => (set.has(position) ? [] : [sides[index] ?? null]));
      const left = new Set(texts.flatMap(({ position }, index) => (set.has(position) ? [index] : [])));
      if (left.size === 0) moved.push(whole);
      else moved.push(areMoving(rest) ? solved.without(left) : zeroShot);
    }
    return moved;
  }
}

/** Texts that are nothing but other labels' examples move none. */
function areMoving(sides: readonly Side[]): boolean {
  return sides.some((side) => side === 'carries' || side === 'rejects');
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
  const { carrying, others } = evidenceOf(zeroShot, examples, sides);
  return moveLabel(zeroShot, vectorsOf(carrying), vectorsOf(others));
}

interface Evidence {
  /** Of the example among those of the task. */
  readonly position: number;
  readonly vector: Float32Array;
}

function evidenceOf(
  zeroShot: Float32Array,
  examples: readonly ExampleVectors[],
  sides: readonly Side[],
): { readonly carrying: readonly Evidence[]; readonly others: readonly Evidence[] } {
  const [carrying, others]: [Evidence[], Evidence[]] = [[], []];
  for (const [index, { vectors, position }] of examples.entries()) {
    const side = sides[index] ?? null;
    const vector = side === null ? null : bestOf(vectors, zeroShot);
    if (vector) (side === 'carries' ? carrying : others).push({ position, vector });
  }
  return { carrying, others };
}

function vectorsOf(evidence: readonly Evidence[]): Float32Array[] {
  return evidence.map(({ vector }) => vector);
}

function bestOf(vectors: readonly Float32Array[], label: Float32Array): Float32Array | null {
  let best: { readonly vector: Float32Array; readonly logit: number } | null = null;
  for (const vector of vectors) {
    const logit = dot(vector, label);
    if (!best || logit > best.logit) best = { vector, logit };
  }
  return best?.vector ?? null;
}
