// Labels that are findings, as users write them, and the mistakes in that.
import { expect, it } from 'vitest';
import { parseLabelSets } from '../../../src/core/parseLabelSets';

function read(labels: unknown) {
  const { sets, problems } = parseLabelSets({ docs: { labels } });
  return {
    labels: sets[0]?.labels.map(({ name, finding }) => [name, finding]),
    messages: problems.map(({ message }) => message.replace('Label set “docs”: ', '')),
    fixes: problems.map(({ fix }) => fix?.text),
  };
}

it('says how grave a finding is, in every form of a label', () => {
  const labels = {
    secret: { finding: 'error', description: 'a password' },
    tone: [{ name: 'angry', finding: true }, { name: 'calm', finding: false }, 'sad'],
    finding: ['lost'],
  };
  expect(read(labels)).toMatchObject({
    labels: [
      ['secret', 'error'],
      ['tone.angry', 'warning'],
      ['tone.calm', undefined],
      ['tone.sad', undefined],
      ['finding.lost', undefined],
    ],
    messages: [],
  });
});

it.each([
  [
    { secret: { finding: 'eror' } },
    '“secret” must be true, false or one of “error”, “warning”, “note”, not “eror”.',
    '"error"',
  ],
  [
    [{ name: 'secret', finding: 2 }],
    '“secret” must be true, false or one of “error”, “warning”, “note”, not a number.',
    undefined,
  ],
])('refuses another value: %j', (labels, message, fix) => {
  expect(read(labels)).toEqual({ labels: undefined, messages: [`“finding” of the label ${message}`], fixes: [fix] });
});

it('reads a slip of the key with a value of it, and leaves words that only look like one', () => {
  const { labels, messages } = read({ secret: { fnding: 'note' } });
  expect([labels, messages]).toEqual([[['secret', 'note']], [expect.stringContaining('It is read as “finding”.')]]);
  const words = read({ money: { funding: 'public', binding: 'contract' }, spent: { funding: 'own', a: ['b'] } });
  expect(words.messages).toEqual([]);
  expect(words.labels?.map(([name]) => name)).toEqual([
    'money.funding.public',
    'money.binding.contract',
    'spent.funding.own',
    'spent.a.b',
  ]);
});
