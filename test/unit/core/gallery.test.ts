// The gallery as data: its sets are right as settings, its texts are whole, and the page about it says what the sets say.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { gallery } from '../../../src/core/gallery/gallery';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import { parseTrainingData } from '../../../src/core/trainingData';

const root = path.resolve(import.meta.dirname, '../../..');

function rowsOf(name: string, part: 'dev' | 'test') {
  const file = path.join(root, 'test/bench/data/gallery', `${name.replaceAll(' ', '-')}.${part}.jsonl`);
  const { rows, problems } = parseTrainingData(fs.readFileSync(file, 'utf8'));
  expect(problems).toEqual([]);
  return rows;
}

test('each set is right as it would stand in the settings, under a name of its own', () => {
  const { sets, problems } = parseLabelSets(Object.fromEntries(gallery.map(({ name, entry }) => [name, entry])));
  expect(problems).toEqual([]);
  expect(sets).toHaveLength(gallery.length);
  expect(gallery).toHaveLength(12);
});

describe.each(gallery)('$name', ({ name, entry, quality, example }) => {
  const labels = parseLabelSets({ [name]: entry }).sets.flatMap((set) => set.labels.map((label) => label.name));

  test('every label has texts to tune on and texts to judge by, and every text has labels of the set', () => {
    for (const part of ['dev', 'test'] as const)
      expect(new Set(rowsOf(name, part).flatMap(({ trueLabels }) => trueLabels))).toEqual(new Set(labels));
  });

  test('no text that it is judged by was tuned on, or is its example', () => {
    const known = new Set([example, ...rowsOf(name, 'dev').map(({ text }) => text)]);
    const judged = rowsOf(name, 'test').map(({ text }) => text);
    expect(judged.filter((text) => known.has(text))).toEqual([]);
    expect(new Set(judged).size).toBe(judged.length);
    expect(judged.length).toBeGreaterThanOrEqual(30);
    expect(quality.texts).toBe(judged.length);
  });

  test('the page shows the figures that the set shows', () => {
    const page = fs.readFileSync(path.join(root, 'docs/GALLERY.md'), 'utf8');
    const row = page.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '';
    const shown = [name, labels.length, entry.mode, entry.threshold, quality.texts];
    const figures = [quality.microF1, quality.macroF1].map((figure) => figure.toFixed(3));
    expect(
      row
        .split('|')
        .slice(1, 8)
        .map((cell) => cell.trim()),
    ).toEqual([...shown, ...figures].map(String));
  });
});
