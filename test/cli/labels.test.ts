// `glitag labels`: the gallery with the figures that it promises, and a set out of what is there.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gallery } from '../../src/core/gallery/gallery';
import { repository, runCli } from './runCli';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-labels-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('gallery', () => {
  test('lists the sets with what they are for and how well they do', async () => {
    const { code, stdout, spawns } = await runCli(['labels', 'gallery'], folder);
    expect([code, spawns]).toEqual([0, 0]);
    expect(stdout).toMatch(
      /^news topics\n {2}What an article is about\. micro-F1 \.\d\d, macro-F1 \.\d\d on \d+ texts$/m,
    );
    const { stdout: json } = await runCli(['labels', 'gallery', '--json'], folder);
    expect(JSON.parse(json)).toEqual({ sets: gallery });
  });

  test('knows no other set, and says which was meant', async () => {
    const { code, stderr } = await runCli(['labels', 'gallery', 'new topics'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean “news topics”?');
  });

  test.each(gallery)(
    '$name does as well as it says, as it is printed for --labels',
    async ({ name, entry, quality }) => {
      const printed = await runCli(['labels', 'gallery', name], folder);
      const file = path.join(folder, `${name}.json`);
      fs.writeFileSync(file, printed.stdout);
      const rows = path.join(repository, 'test/bench/data/gallery', `${name.replaceAll(' ', '-')}.test.jsonl`);
      const { stdout, stderr } = await runCli(['evaluate', rows, '--labels', file, '--json'], folder);
      expect(stderr).toBe('');
      const measured = JSON.parse(stdout) as { microF1: number; macroF1: number };
      expect(measured).toMatchObject({ rows: quality.texts, mode: entry.mode, threshold: entry.threshold });
      expect([measured.microF1.toFixed(3), measured.macroF1.toFixed(3)]).toEqual([
        quality.microF1.toFixed(3),
        quality.macroF1.toFixed(3),
      ]);
    },
  );
});

describe('suggest', () => {
  const notes = path.join(folder, 'notes');
  const note = (name: string, tags: string, text: string) => {
    const file = path.join(notes, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `---\ntags: [${tags}]\n---\n${text}\n`);
  };
  note('2024/a.md', 'cooking, Gardening', 'Chop the onions and fry them in butter; sow the carrots in April.');
  note('2024/b.md', 'cooking', 'Bake the bread for an hour at two hundred degrees.');
  note('2025/c.md', 'gardening', 'Prune the roses in March and water the tomatoes.');
  note('2025/d.md', 'xyzzy', 'Cut the hedge before summer.');

  test('makes a set of the tags that are there, and says what the model sees of them', async () => {
    const { code, stdout } = await runCli(['labels', 'suggest', 'notes', '--json'], folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      files: 4,
      labels: [
        {
          ...{ name: 'cooking', variants: [], sources: ['front matter'], documents: 2, proposed: true },
          agreement: { carrying: 2, agreed: 2, others: 1, given: 0, agrees: true },
        },
        {
          ...{ name: 'Gardening', variants: ['gardening'], sources: ['front matter'], documents: 2, proposed: true },
          agreement: { carrying: 2, agreed: 2, others: 1, given: 0, agrees: true },
        },
        {
          ...{ name: 'xyzzy', variants: [], sources: ['front matter'], documents: 1, proposed: false },
          agreement: null,
        },
      ],
      set: { labels: ['cooking', 'Gardening'], mode: 'multi-label', threshold: 0.6 },
    });
  });

  test('says it in words, and starts no model where it is not to ask', async () => {
    const { stdout, spawns } = await runCli(['labels', 'suggest', 'notes', '--no-ask'], folder);
    expect(stdout.split('\n')).toEqual([
      '+ cooking: 2 documents (front matter)',
      '+ Gardening: 2 documents (front matter), also gardening',
      '  xyzzy: 1 document (front matter)',
      '',
    ]);
    expect(spawns).toBe(0);
  });
});
