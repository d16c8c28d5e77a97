// Replays everything that upstream's pipelines were recorded doing: ids and results exactly, numbers within the tolerances.
import { afterAll, describe, expect, test } from 'vitest';
import type { VerifyReport } from '../../src/shared/childMessages';
import { tolerances } from '../../src/inference/golden/compare';
import { isWithinTolerances } from '../../src/inference/golden/compare';
import { verifyModel } from '../../src/inference/verify';
import { goldenOf, modelFolder, modelNames } from './support/goldenModels';

/** What the recordings hold. Fixed here, so that a recording that lost cases cannot pass. */
const recorded = { models: 32, cases: 649, batches: 1046 };

const architectures = new Map<string, string[]>();
for (const name of modelNames) {
  const { architecture } = goldenOf(name);
  architectures.set(architecture, [...(architectures.get(architecture) ?? []), name]);
}

const reports = new Map<string, VerifyReport[]>();

for (const [architecture, names] of architectures) {
  describe(architecture, () => {
    test.each(names)('%s gives what upstream gives', async (name) => {
      const report = await verifyModel(modelFolder(name), null, 1);
      reports.set(architecture, [...(reports.get(architecture) ?? []), report]);
      expect(report.details).toEqual([]);
      expect(report.idMismatches).toBe(0);
      expect(report.resultMismatches).toBe(0);
      expect(report.maxLogitDiff).toBeLessThanOrEqual(tolerances.logit);
      expect(report.maxProbDiff).toBeLessThanOrEqual(tolerances.probability);
      expect(isWithinTolerances(report)).toBe(true);
    });
  });
}

test('every recorded model, case and batch was replayed', () => {
  const all = [...reports.values()].flat();
  const total = (count: (report: VerifyReport) => number): number =>
    all.reduce((sum, report) => sum + count(report), 0);
  expect({
    models: all.length,
    cases: total((report) => report.cases),
    batches: total((report) => report.batches),
  }).toEqual(recorded);
});

test('all six architectures are recorded', () => {
  expect([...architectures.keys()].sort()).toEqual([
    'bi-encoder',
    'bi-encoder-fused',
    'decoder-kv',
    'encoder-decoder',
    'encoder-decoder-cls',
    'uni-encoder',
  ]);
});

afterAll(() => {
  const worst = (values: readonly number[]): string => Math.max(...values).toExponential(1);
  const lines = Array.from(reports, ([architecture, own]) => {
    const cases = own.reduce((sum, report) => sum + report.cases, 0);
    const logits = worst(own.map((report) => report.maxLogitDiff));
    const probabilities = worst(own.map((report) => report.maxProbDiff));
    return `${architecture.padEnd(20)} ${String(cases).padStart(4)} cases, worst logit ${logits}, worst probability ${probabilities}`;
  });
  console.log(
    `Differences from upstream (limits ${tolerances.logit}, ${tolerances.probability}):\n${lines.join('\n')}`,
  );
});
