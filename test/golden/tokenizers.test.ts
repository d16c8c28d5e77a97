// Token ids of awkward strings, against upstream's tokenizers.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../src/inference/model/tokenizer';
import { modelFolder } from './support/goldenModels';

interface Recorded {
  texts: string[];
  ids: Record<string, number[][]>;
}

const recorded = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'fixtures', 'tokenizers.json'), 'utf8'),
) as Recorded & { limits: Recorded };

/** Texts whose ids differ from the recorded ones. */
async function differing(model: string, { texts, ids }: Recorded): Promise<string[]> {
  const tokenizer = await loadTokenizer(modelFolder(model));
  return texts.filter((text, index) => JSON.stringify(tokenizer.encode(text)) !== JSON.stringify(ids[model]![index]));
}

describe('ids are upstream’s, to the last one', () => {
  test.each(Object.keys(recorded.ids))('%s', async (model) => {
    expect(recorded.texts.length).toBeGreaterThan(350);
    expect(await differing(model, recorded)).toEqual([]);
  });
});

/** When one of these disappears, take it out of docs/PARITY.md too. */
test('known limits', async () => {
  const found = await Promise.all(
    Object.keys(recorded.limits.ids).map(async (model) => [model, await differing(model, recorded.limits)] as const),
  );
  expect(Object.fromEntries(found)).toEqual({
    'uni-bert-first-simple': ['a\u{20bb7}b', '\u{20000}a'],
    'uni-modernbert-avg-wdot': [],
    'uni-deberta-textfirst': ['\ufeff', '\ufeffa'],
    'uni-t5-first': ['＜＜LABEL＞＞'],
  });
});
