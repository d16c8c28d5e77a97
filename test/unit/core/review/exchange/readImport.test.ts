// Exports of other programs, as their documentation has them (test/fixtures/exchange), and what is not taken of them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importDecisions } from '../../../../../src/core/review/exchange/importDecisions';
import type { ImportOptions } from '../../../../../src/core/review/exchange/importDecisions';
import { readImport } from '../../../../../src/core/review/exchange/readImport';

const labels = ['kind.bug report', 'kind.contract', 'kind.customer review', 'mood.happy', 'mood.angry'];
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const read = (file: string) => readFileSync(path.join('test/fixtures/exchange', file), 'utf8');

function imported(content: string, more: Partial<ImportOptions> = {}) {
  const options = { set: 'set', labels, source: 'file.json', hashOf, isDecided: () => false, placeOf: () => null };
  return importDecisions(readImport(content), { ...options, ...more });
}

/** Each text's decisions in a line, `+` given and `-` refused; then what was not taken. */
function shown(file: string): string[] {
  const { step, notTaken } = imported(read(file));
  const byText = new Map<string, string[]>();
  for (const { passage, label, verdict } of step.decisions) {
    const text = passage?.exact ?? '';
    byText.set(text, [...(byText.get(text) ?? []), `${verdict === 'added' ? '+' : '-'}${label ?? ''}`]);
  }
  return [
    ...[...byText].map(([text, said]) => `${text} ${said.join(' ')}`),
    ...notTaken.map(({ unit, position, reason }) => `${unit} ${position} ${reason}`),
  ];
}

describe('readImport', () => {
  it.each([
    [
      'argilla2.json',
      'The app crashes when I press Save. +kind.bug report +mood.angry -kind.contract',
      'row 2 people differ on “customer review”',
      'row 3 nobody has labelled it',
      'row 4 marks passages, not the text as a whole',
      'row 5 has several texts: question, answer',
    ],
    [
      'argilla1feedback.json',
      'Hate the new version, it crashes. +kind.bug report +mood.angry -mood.happy',
      'row 2 nobody has labelled it',
    ],
    [
      'argilla1.json',
      'This agreement is made between the parties. +kind.contract -kind.bug report',
      'Several labels fit. +mood.angry +kind.bug report -mood.happy',
      'line 3 was discarded',
      'line 4 nobody has labelled it',
    ],
    [
      'labelStudio.json',
      'It crashed again and I am furious. +kind.bug report +mood.angry -kind.contract',
      'row 2 nobody has labelled it',
      'row 3 marks passages, not the text as a whole',
      'row 4 has several texts: image, caption',
    ],
    [
      'labelStudioMin.json',
      'Lovely, five stars. +kind.customer review +mood.happy',
      'Terms and conditions. +kind.contract',
    ],
    [
      'doccano.jsonl',
      'I love it. +kind.customer review +mood.happy',
      'Something else. +mood.happy',
      'line 2 marks passages, not the text as a whole',
      'line 3 has no labels',
      'line 4 has the text of line 1',
      'line 5 has labels that “set” does not have: “kind.novel”',
    ],
    [
      'training.json',
      'It fails on start. +kind.bug report -kind.contract',
      'Half sure. +mood.happy -mood.angry',
      'row 3 “text” must be text, not a number',
      'row 4 is of no known form: Argilla, Label Studio, doccano or training rows',
      'row 5 must be an object, not text',
    ],
  ])('%s', (file, ...lines) => {
    expect(shown(file)).toEqual(lines);
  });

  it('names what is no JSON', () => {
    expect(readImport('[{"text": ').notTaken).toEqual([{ position: 1, unit: 'row', reason: 'is not valid JSON' }]);
    expect(readImport('\uFEFF{"text":"a","label":["x"]}\r\n\r\nno\r\n')).toMatchObject({
      rows: [{ position: 1, text: 'a' }],
      notTaken: [{ position: 3, unit: 'line', reason: 'is not valid JSON' }],
    });
    expect(readImport('')).toEqual({ unit: 'line', rows: [], notTaken: [] });
  });
});

describe('importDecisions', () => {
  const row = (text: string, label = 'mood.happy') => JSON.stringify({ text, label: [label] });

  it('keeps a text that is no document’s as a passage, and decides on the document that has it', () => {
    const place = { root: '', path: 'a.md', passage: null, textHash: 'more than a place' };
    const { step, texts } = imported(`${row('one')}\n${row('two')}`, {
      placeOf: (hash) => (hash === hashOf('two') ? place : null),
    });
    const common = { root: '', set: 'set', label: 'mood.happy', verdict: 'added' };
    expect([texts, step.title]).toEqual([2, { action: 'import', count: 2 }]);
    expect(step.decisions).toEqual([
      {
        ...{ ...common, path: 'import:file.json', textHash: hashOf('one') },
        passage: { start: 0, end: 3, exact: 'one', prefix: '', suffix: '' },
      },
      { ...common, path: 'a.md', passage: null, textHash: hashOf('two') },
    ]);
  });

  it('leaves what was decided before, and what says nothing of the set', () => {
    const content = [row('one'), '{"text":"two","all_labels":["x"],"true_labels":[]}'].join('\n');
    const { step, texts, notTaken } = imported(content, { isDecided: (hash) => hash === hashOf('one') });
    expect([texts, step.decisions]).toEqual([0, []]);
    expect(notTaken.map(({ reason }) => reason)).toEqual([
      'has a text that was decided on before',
      'has no label of “set”',
    ]);
  });

  it('takes any label where the set’s are not known', () => {
    const { step } = imported(row('one', 'whatever'), { labels: null });
    expect(step.decisions).toMatchObject([{ label: 'whatever', verdict: 'added' }]);
  });
});
