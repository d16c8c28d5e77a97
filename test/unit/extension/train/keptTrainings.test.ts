// Trainings that are kept on the disk: which can go on, which have a report, and what goes with one that is given up.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeptTrainings } from '../../../../src/extension/train/keptTrainings';
import { runPaths } from '../../../../src/training/run/runFolder';
import { scenes } from '../../../view/reportScenes';

let folder: string;
let kept: KeptTrainings;
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-kept-')), 'trained');
  kept = new KeptTrainings(folder, 'file:///one');
});
afterEach(() => {
  fs.rmSync(path.dirname(folder), { recursive: true, force: true });
});

function asked(labelSet: string, startedMs = Date.UTC(2026, 2, 4, 12)) {
  return {
    labelSet,
    startedMs,
    base: '/models/base',
    previous: null,
    rows: [{ text: 'A text', allLabels: ['a'], trueLabels: ['a'], examples: [], document: 'a.md', position: 1 }],
    places: [{ root: '', path: 'a.md', passage: null }],
    labelTexts: [['a', 'a: what it is']] as const,
    rules: scenes.usual.rules,
    modelBefore: null,
  };
}

it('keeps what was asked, to the last row, for this workspace and label set alone', () => {
  expect(kept.of('Support: mail')).toEqual([]);
  const begun = kept.begin(asked('Support: mail'));
  expect(begun.name).toBe('Support-mail-2026-03-04');
  expect(kept.of('Support: mail')).toEqual([begun]);
  expect(kept.of('other')).toEqual([]);
  expect(new KeptTrainings(folder, 'file:///two').of('Support: mail')).toEqual([]);
});

it('gives each model a name of its own, newest first', () => {
  const day = Date.UTC(2026, 2, 4, 12);
  for (const startedMs of [day, day + 1, day + 2]) kept.begin(asked('Ärger/…', startedMs));
  kept.begin(asked('???'));
  expect(kept.of('Ärger/…').map(({ name }) => name)).toEqual([
    'Ärger-2026-03-04-3',
    'Ärger-2026-03-04-2',
    'Ärger-2026-03-04',
  ]);
  expect(kept.of('???').map(({ name }) => name)).toEqual(['model-2026-03-04']);
});

it('has a report once the training ended, and goes on only before', () => {
  const begun = kept.begin(asked('mail'));
  expect(kept.canGoOn(begun)).toBe(true);
  const ended = kept.end(begun, scenes.trained);
  expect(kept.of('mail')).toEqual([ended]);
  expect(ended.report).toEqual(scenes.trained);
  expect(kept.canGoOn(ended)).toBe(false);
});

it('does not go on where the model came to its place, and its report was lost', () => {
  const begun = kept.begin(asked('mail'));
  fs.mkdirSync(kept.modelFolder(begun));
  expect(kept.canGoOn(begun)).toBe(false);
});

it('takes away all that a training left which is given up', () => {
  const begun = kept.begin(asked('mail'));
  fs.mkdirSync(runPaths(kept.modelFolder(begun)).folder, { recursive: true });
  kept.drop(begun);
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('leaves alone what another window trains, and what has a report', () => {
  const [begun, ended] = [kept.begin(asked('mail')), kept.end(kept.begin(asked('mail', 0)), scenes.trained)];
  const run = runPaths(kept.modelFolder(begun)).folder;
  fs.mkdirSync(run, { recursive: true });
  fs.writeFileSync(path.join(run, 'pid'), String(process.pid));
  expect(kept.canGoOn(begun)).toBe(false);
  for (const one of [begun, ended]) kept.drop(one);
  expect(kept.of('mail')).toEqual([begun, ended]);
  expect(fs.existsSync(run)).toBe(true);
});

it('leaves out what is no training', () => {
  const begun = kept.begin(asked('mail'));
  fs.writeFileSync(path.join(folder, 'broken.json'), '{"name": ');
  fs.writeFileSync(path.join(folder, 'other.json'), JSON.stringify({ ...begun, rows: [{ text: 1 }] }));
  expect(kept.of('mail')).toEqual([begun]);
});
