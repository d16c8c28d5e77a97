// Compares a replayed case with its golden: ids exactly, numbers within tolerances, labels and their order exactly.
import type { VerifyReport } from '../../shared/childMessages';
import type { Int64Input } from '../model/graph';
import type { BatchLogits } from '../pipeline/runBatch';
import type { Replay } from './replayCase';
import type { GoldenBatch, GoldenCase, NestedIds } from './goldenFile';

/** Largest differences from upstream that count as the same. */
export const tolerances = { logit: 1e-4, probability: 1e-5 } as const;

/** Whether ids and results are upstream's and all numbers are within the tolerances. */
export function isWithinTolerances(report: VerifyReport): boolean {
  return (
    report.idMismatches === 0 &&
    report.resultMismatches === 0 &&
    report.maxLogitDiff <= tolerances.logit &&
    report.maxProbDiff <= tolerances.probability
  );
}

const idInputs = ['input_ids', 'attention_mask', 'class_input_ids', 'class_attention_mask', 'labels_mask'] as const;

export interface CaseDifference {
  /** Batches whose token ids or masks differ, and batches that are missing or too many. */
  idMismatches: number;
  /** 1 where the result differs: labels, order, shape, scores beyond the tolerance, or an error on one side only. */
  resultMismatches: number;
  /** NaN counts as infinitely far. */
  maxLogitDiff: number;
  maxProbDiff: number;
  details: string[];
}

export function compareCase(golden: GoldenCase, replay: Replay): CaseDifference {
  const found: CaseDifference = { idMismatches: 0, resultMismatches: 0, maxLogitDiff: 0, maxProbDiff: 0, details: [] };
  const count = Math.max(golden.batches.length, replay.batches.length);
  for (let index = 0; index < count; index++) compareBatch(found, index, golden.batches[index], replay.batches[index]);
  const problem = compareResult(found, golden, replay);
  if (problem !== null) {
    found.resultMismatches = 1;
    found.details.push(problem);
  }
  return found;
}

function compareBatch(
  found: CaseDifference,
  index: number,
  golden: GoldenBatch | undefined,
  replay: BatchLogits | undefined,
): void {
  if (!golden || !replay) {
    found.idMismatches++;
    found.details.push(`batch ${index + 1} ${golden ? 'was not run' : 'is not in the golden'}`);
    return;
  }
  const differing = idInputs.filter((name) => !sameIds(golden[name], replay.feeds[name]));
  if (differing.length > 0) {
    found.idMismatches++;
    found.details.push(`batch ${index + 1}: ${differing.join(', ')} differ`);
    return;
  }
  compareLogits(found, golden.logits, replay.logits);
  if (golden.uncalibrated_logits || replay.uncalibrated)
    compareLogits(found, golden.uncalibrated_logits ?? [], replay.uncalibrated ?? []);
}

/**
 * Each row is compared on its own labels. Slots beyond them hold junk that no result reads, and their number is upstream's
 * own affair (25 for every encoder-decoder).
 */
function compareLogits(
  found: CaseDifference,
  golden: readonly (readonly number[])[],
  replay: readonly Float32Array[],
): void {
  if (golden.length !== replay.length) found.maxLogitDiff = Infinity;
  for (const [row, logits] of replay.entries())
    for (const [slot, logit] of logits.entries()) {
      const wanted = golden[row]?.[slot];
      // Upstream's slots ended before the labels did: the case is recorded as an error, which is compared below.
      if (wanted === undefined) continue;
      found.maxLogitDiff = Math.max(found.maxLogitDiff, distance(logit, wanted));
      found.maxProbDiff = Math.max(found.maxProbDiff, distance(probability(logit), probability(wanted)));
    }
}

/** What is wrong with the result, or null. */
function compareResult(found: CaseDifference, golden: GoldenCase, replay: Replay): string | null {
  if (golden.error) return replay.error ? null : `upstream fails (${golden.error.type}) but a result was given`;
  if (replay.error) return `failed: ${replay.error.code}`;
  return compareValues(found, golden.output, replay.output, 'result');
}

/** Same structure, strings and order; numbers within the tolerance. Keys of objects may come in any order. */
function compareValues(found: CaseDifference, golden: unknown, replay: unknown, place: string): string | null {
  if (typeof golden === 'number' && typeof replay === 'number') {
    const difference = distance(golden, replay);
    found.maxProbDiff = Math.max(found.maxProbDiff, difference);
    return difference <= tolerances.probability ? null : `${place} is ${replay} instead of ${golden}`;
  }
  if (Array.isArray(golden) && Array.isArray(replay)) {
    if (golden.length !== replay.length) return `${place} has ${replay.length} entries instead of ${golden.length}`;
    return firstProblem(
      golden.map((one: unknown, index) => [`${place}[${index}]`, one, replay[index]]),
      found,
    );
  }
  if (isObject(golden) && isObject(replay)) {
    const names = Object.keys(golden).map(ourName);
    const missing = names.find((name) => !Object.hasOwn(replay, name));
    if (missing !== undefined || names.length !== Object.keys(replay).length) return `${place} has other keys`;
    const pairs = Object.entries(golden).map(([name, one]): [string, unknown, unknown] => {
      return [`${place}.${name}`, one, replay[ourName(name)]];
    });
    return firstProblem(pairs, found);
  }
  return golden === replay ? null : `${place} differs`;
}

function firstProblem(pairs: readonly (readonly [string, unknown, unknown])[], found: CaseDifference): string | null {
  // All are compared, so that the largest difference is seen even after a first problem.
  const problems = pairs.map(([place, golden, replay]) => compareValues(found, golden, replay, place));
  return problems.find((problem) => problem !== null) ?? null;
}

/** The one key of a prediction that has two words. */
function ourName(name: string): string {
  return name === 'initial_score' ? 'initialScore' : name;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameIds(golden: NestedIds | undefined, replay: Int64Input | undefined): boolean {
  if (!golden || !replay) return !golden && !replay;
  const dims: number[] = [];
  for (let level: number | NestedIds | undefined = golden; Array.isArray(level); level = (level as NestedIds)[0])
    dims.push(level.length);
  if (dims.length !== replay.dims.length || dims.some((size, axis) => size !== replay.dims[axis])) return false;
  const flat = (golden as readonly unknown[]).flat(Infinity) as number[];
  return flat.length === replay.data.length && flat.every((id, index) => BigInt(id) === replay.data[index]);
}

function probability(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function distance(one: number, other: number): number {
  const difference = Math.abs(one - other);
  return Number.isNaN(difference) ? Infinity : difference;
}
