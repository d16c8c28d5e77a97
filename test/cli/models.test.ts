// `glitag verify` and `glitag evaluate` in processes of their own.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluationReport } from '../../src/core/evaluation/evaluationReport';
import type { EvaluationReport } from '../../src/core/evaluation/evaluationReport';
import { parseReportData } from '../../src/shared/parseReportData';
import { repository, runCli } from './runCli';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-cli-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('verify', () => {
  const model = path.join(repository, 'test/golden/models/bi-bert');

  test('replays a golden file', async () => {
    const { code, stdout } = await runCli(['verify', model, '--json'], folder);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Record<string, number>;
    expect(report).toMatchObject({ cases: 18, idMismatches: 0, resultMismatches: 0 });
    expect(report['maxLogitDiff']).toBeLessThanOrEqual(1e-4);
    expect(report['maxProbDiff']).toBeLessThanOrEqual(1e-5);
  });

  test('exits with 1 when a recorded number is another', async () => {
    const golden = JSON.parse(fs.readFileSync(path.join(model, 'golden.json'), 'utf8')) as {
      cases: { batches: { logits: number[][] }[] }[];
    };
    const row = golden.cases[0]?.batches[0]?.logits[0] ?? [];
    row[0] = (row[0] ?? 0) + 0.001;
    const changed = path.join(folder, 'golden.json');
    fs.writeFileSync(changed, JSON.stringify(golden));
    const { code, stdout } = await runCli(['verify', model, '--golden', changed], folder);
    expect(code).toBe(1);
    expect(stdout).toContain('NOT within tolerances');
  });

  test('looks a model over that has no golden file', async () => {
    const { code, stdout } = await runCli(['verify', path.join(repository, 'models/glitag-small-en')], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('split-bi-encoder');
    expect(stdout).toMatch(/ok\n$/);
  });
});

describe('evaluate', () => {
  const data = path.join(repository, 'test/fixtures/evaluation.jsonl');

  test('measures the embedded model', async () => {
    const { code, stdout } = await runCli(['evaluate', data, '--json'], folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 3,
      mode: 'single-label',
      threshold: 0,
      accuracy: 1,
      macroF1: 1,
      microF1: 1,
      perLabel: [
        { label: 'bug report', support: 2, averagePrecision: 1 },
        { label: 'praise', support: 1, averagePrecision: 1 },
      ],
      confusion: [
        { meant: 'bug report', given: 'bug report', rows: 2 },
        { meant: 'praise', given: 'praise', rows: 1 },
      ],
      mistakes: { wrong: [], missed: [], counts: { wrong: 0, missed: 0 } },
    });
  });

  test('finds labels with descriptions by their names, and gives none below a threshold that is asked for', async () => {
    const rows = path.join(folder, 'bare.jsonl');
    const bare = fs.readFileSync(data, 'utf8').replace(/"all_labels": \[[^\]]*\], /gu, '');
    fs.writeFileSync(rows, bare);
    const labels = path.join(folder, 'described.json');
    const described = [{ name: 'bug report', description: 'a fault of the program' }, 'praise'];
    fs.writeFileSync(labels, JSON.stringify({ labels: described }));
    const of = async (...more: readonly string[]) => {
      const { stdout, stderr } = await runCli(['evaluate', rows, '--labels', labels, '--json', ...more], folder);
      expect(stderr).toBe('');
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    expect(await of()).toMatchObject({ accuracy: 1, perLabel: [{ label: 'bug report' }, { label: 'praise' }] });
    expect(await of('--threshold', '1')).toMatchObject({ accuracy: 0, threshold: 1, micro: { recall: 0 } });
  });

  test('writes a report that holds the same scores, beside the JSON', async () => {
    const curve = path.join(folder, 'curve.json');
    fs.writeFileSync(curve, '[{"decisions": 4, "microF1": 0.6, "macroF1": 0.5}]');
    const html = path.join(folder, 'r.html');
    const args = ['evaluate', data, '--html', html, '--learning-curve', curve, '--json'];
    const { code, stdout } = await runCli(args, folder);
    expect(code).toBe(0);
    const learning = [{ decisions: 4, microF1: 0.6, macroF1: 0.5 }];
    const printed = JSON.parse(stdout) as EvaluationReport;
    expect(printed).toMatchObject({ rows: 3, learningCurve: learning });
    const page = fs.readFileSync(html, 'utf8');
    expect(page).toContain(`default-src 'none'; script-src 'sha256-`);
    expect(page).not.toMatch(/(?:src|href)="/u);
    const [, json] = /<script type="application\/json" id="report-data">(.*)<\/script>/u.exec(page) ?? [];
    const report = parseReportData(JSON.parse(json ?? ''));
    expect(report).toMatchObject({ title: 'evaluation.jsonl', labels: ['bug report', 'praise'], learning });
    const scores = new Float32Array(new Uint8Array(Buffer.from(report!.scores, 'base64')).buffer);
    const { micro, overall } = evaluationReport({ ...report!, scores }, report!.rules);
    expect({ micro, overall }).toEqual({ micro: printed.micro, overall: printed.overall });
  });

  test('says which file cannot be written or read', async () => {
    const html = path.join(folder, 'missing', 'r.html');
    const unwritable = await runCli(['evaluate', data, '--html', html], folder);
    expect([unwritable.code, unwritable.stderr]).toEqual([2, expect.stringContaining(`cannot be written to ${html}`)]);
    // The model may take hours, so it is not asked before.
    expect([unwritable.stdout, unwritable.spawns]).toEqual(['', 0]);
    const full = await runCli(['evaluate', data, '--html', '/dev/full'], folder);
    expect([full.code, full.stdout]).toEqual([2, expect.stringContaining('macro F1')]);
    const unreadable = await runCli(['evaluate', data, '--learning-curve', data], folder);
    expect([unreadable.code, unreadable.stderr]).toEqual([
      1,
      expect.stringContaining('is no learning curve: It is not valid JSON'),
    ]);
  });

  test('names the line and field of a mistake', async () => {
    const broken = path.join(folder, 'broken.jsonl');
    fs.writeFileSync(broken, '{"text": "a", "all_labels": ["x"], "true_labels": ["x"]}\n{"text": 1}\n');
    const { code, stderr } = await runCli(['evaluate', broken], folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Line 2: “text” must be text/);
  });
});
