// Negative controls: each thing that `verify` is there to notice must be noticed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isWithinTolerances } from '../../src/inference/golden/compare';
import { verifyModel } from '../../src/inference/verify';
import { modelFolder } from './support/goldenModels';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** A copy of a golden model that may be damaged. */
function copyOf(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-golden-'));
  folders.push(folder);
  fs.cpSync(modelFolder(name), folder, { recursive: true });
  return folder;
}

function edit(folder: string, file: string, change: (value: never) => void): void {
  const full = path.join(folder, file);
  const value = JSON.parse(fs.readFileSync(full, 'utf8')) as never;
  change(value);
  fs.writeFileSync(full, JSON.stringify(value));
}

interface Recording {
  cases: {
    name: string;
    output?: { label: string; score: number; initial_score?: number }[][];
    error?: { type: string; message: string };
    batches: { input_ids: number[][]; attention_mask: number[][]; logits: number[][] }[];
  }[];
}

/** A recording with one case, changed. */
function oneCase(
  name: string,
  change: (recorded: Recording['cases'][number]) => void,
  caseName = 'flat_multi_all',
): string {
  const folder = copyOf(name);
  edit(folder, 'golden.json', (golden: Recording) => {
    golden.cases = golden.cases.filter((one) => one.name === caseName);
    change(golden.cases[0]!);
  });
  return folder;
}

const model = 'uni-bert-first-simple';

describe('a difference in the recording is reported', () => {
  test('none: the unchanged case passes', async () => {
    const report = await verifyModel(
      oneCase(model, () => undefined),
      null,
      1,
    );
    expect(report).toMatchObject({ cases: 1, batches: 1, idMismatches: 0, resultMismatches: 0 });
    expect(isWithinTolerances(report)).toBe(true);
  });

  test('a token id', async () => {
    const folder = oneCase(model, (one) => void (one.batches[0]!.input_ids[0]![3]! += 1));
    const report = await verifyModel(folder, null, 1);
    expect(report.idMismatches).toBe(1);
    expect(report.details[0]).toContain('input_ids');
  });

  test('an attention mask', async () => {
    const folder = oneCase(model, (one) => void (one.batches[0]!.attention_mask[0]![3] = 0));
    expect((await verifyModel(folder, null, 1)).idMismatches).toBe(1);
  });

  test('a logit', async () => {
    const folder = oneCase(model, (one) => void (one.batches[0]!.logits[0]![1]! += 0.001));
    const report = await verifyModel(folder, null, 1);
    expect(report.maxLogitDiff).toBeGreaterThan(9e-4);
    expect(isWithinTolerances(report)).toBe(false);
  });

  test('a score', async () => {
    const folder = oneCase(model, (one) => void (one.output![0]![0]!.score += 2e-5));
    const report = await verifyModel(folder, null, 1);
    expect(report.resultMismatches).toBe(1);
    expect(report.maxProbDiff).toBeGreaterThan(1e-5);
  });

  test('the score before calibration', async () => {
    const folder = oneCase('uni-bert-calibrated', (one) => void (one.output![0]![0]!.initial_score! += 0.1));
    expect((await verifyModel(folder, null, 1)).resultMismatches).toBe(1);
  });

  test('the order of labels', async () => {
    const folder = oneCase(model, (one) => void one.output![0]!.reverse());
    expect((await verifyModel(folder, null, 1)).resultMismatches).toBe(1);
  });

  test('a missing prediction', async () => {
    const folder = oneCase(model, (one) => void one.output![0]!.pop());
    expect((await verifyModel(folder, null, 1)).resultMismatches).toBe(1);
  });

  test('a missing batch and one too many', async () => {
    const missing = oneCase(model, (one) => void one.batches.pop());
    expect((await verifyModel(missing, null, 1)).idMismatches).toBe(1);
    const extra = oneCase(model, (one) => void one.batches.push(one.batches[0]!));
    expect((await verifyModel(extra, null, 1)).idMismatches).toBe(1);
  });

  test('an error where a result is given, and the other way round', async () => {
    const refused = oneCase(model, (one) => {
      delete one.output;
      one.error = { type: 'ValueError', message: 'no' };
    });
    expect((await verifyModel(refused, null, 1)).resultMismatches).toBe(1);
    const given = oneCase(
      model,
      (one) => {
        delete one.error;
        one.output = [];
      },
      'err_type_bad',
    );
    expect((await verifyModel(given, null, 1)).resultMismatches).toBe(1);
  });
});

describe('a difference in the model is reported', () => {
  test('a tokenizer without its normaliser', async () => {
    const folder = copyOf(model);
    edit(folder, 'tokenizer.json', (tokenizer: { normalizer: unknown }) => {
      tokenizer.normalizer = null;
    });
    const report = await verifyModel(folder, null, 1);
    expect(report.cases).toBe(73);
    expect(report.idMismatches).toBeGreaterThan(0);
    expect(isWithinTolerances(report)).toBe(false);
  });

  test('a changed label tokenizer of a bi-encoder', async () => {
    const folder = copyOf('bi-bert');
    edit(folder, 'label_model/tokenizer.json', ({ model: { vocab } }: { model: { vocab: Record<string, number> } }) => {
      [vocab['a'], vocab['b']] = [vocab['b']!, vocab['a']!];
    });
    expect((await verifyModel(folder, null, 1)).idMismatches).toBeGreaterThan(0);
  });

  test('labels after the text instead of before it', async () => {
    const folder = copyOf(model);
    edit(folder, 'config.json', (config: { prompt_first: boolean }) => {
      config.prompt_first = false;
    });
    expect((await verifyModel(folder, null, 1)).idMismatches).toBeGreaterThan(50);
  });

  test('the graph of another model', async () => {
    const folder = copyOf(model);
    fs.copyFileSync(path.join(modelFolder('uni-bert-scorer-mlp'), 'model.onnx'), path.join(folder, 'model.onnx'));
    const report = await verifyModel(folder, null, 1);
    expect(report.idMismatches).toBe(0);
    expect(report.maxLogitDiff).toBeGreaterThan(0.01);
    expect(report.resultMismatches).toBeGreaterThan(0);
  });
});

describe('a golden file that is none', () => {
  const write = (text: string): string => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-golden-'));
    folders.push(folder);
    fs.writeFileSync(path.join(folder, 'other.json'), text);
    return path.join(folder, 'other.json');
  };

  test.each([
    ['text', 'not json'],
    ['another object', '{"hello": 1}'],
    ['no cases', '{"model": "m", "architecture": "uni-encoder", "cases": []}'],
    [
      'a case without a result',
      '{"model": "m", "architecture": "uni-encoder", "cases": [{"name": "n", "pipeline": "base", "init": {}, "args": {"texts": "a", "labels": ["b"]}, "batches": []}]}',
    ],
  ])('%s is refused', async (_, text) => {
    await expect(verifyModel(modelFolder(model), write(text), 1)).rejects.toMatchObject({ code: 'golden-invalid' });
  });

  test('a missing file is refused', async () => {
    await expect(verifyModel(modelFolder(model), '/nowhere/golden.json', 1)).rejects.toMatchObject({
      code: 'golden-invalid',
    });
  });
});

test('without a golden file the model is loaded, named and tried, and no case is counted', async () => {
  const folder = copyOf(model);
  fs.rmSync(path.join(folder, 'golden.json'));
  const report = await verifyModel(folder, null, 1);
  expect(report).toMatchObject({ cases: 0, batches: 0 });
  expect(report.details.join('\n')).toMatch(
    /uni-encoder; graph: dynamic[^]*self-check: \d of 3 plain texts [^]*numbers from 0 to 1, and the same alone/,
  );
});

test('it stops between two cases', async () => {
  let asked = 0;
  const verification = verifyModel(modelFolder(model), null, 1, () => ++asked > 2);
  await expect(verification).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked).toBe(3);
});
