// What an answer says of what was not read, and how its table counts.
import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Answer } from '../../../../src/extension/answers/answer';
import { statementTable, type CheckedBy } from '../../../../src/extension/check/checkedAnswer';
import { showChecked, type CheckingParts } from '../../../../src/extension/check/checking';
import {
  nearInText,
  type FindNear,
  type NearPassages,
  type Reader,
} from '../../../../src/extension/check/nearPassages';
import { mostCharacters } from '../../../../src/extension/passages/openPassages';
import { FakeClassifier } from '../../../support/fakeClassifier';

vi.mock('vscode', () => import('../../../support/vscodeWords'));

const judgement = { wording: 'labels', accuracy: 1, macroF1: 1 } as const;
const by: CheckedBy = { model: 'fake', judgement, unread: [] };
const near: NearPassages = { passages: [], documents: 3, leftOut: 0, noIndex: false, isCut: false };
const uri = { toString: () => 'mem:/a.md' } as unknown as vscode.Uri;

async function noticeOf(finds: readonly Partial<NearPassages>[]): Promise<string | undefined> {
  const shown: Answer[] = [];
  const parts = {
    labelSets: { active: () => ({ model: 'fake' }) },
    models: { of: () => new FakeClassifier() },
    index: { load: () => Promise.resolve() },
    notes: { read: () => JSON.stringify(judgement), write: () => undefined },
    activity: {
      run: (_kind: string, _title: string, act: (job: unknown) => unknown) =>
        act({ signal: new AbortController().signal, progress: () => undefined }),
    },
    answers: { show: (answer: Answer) => Promise.resolve(shown.push(answer)) },
    reporter: {},
  } as unknown as CheckingParts;
  const find: FindNear = (statement) => Promise.resolve({ ...near, ...finds[Number(statement)] });
  await showChecked(parts, {
    statements: () => finds.map((_, at) => String(at)),
    finderOf: () => Promise.resolve(find),
    isOwn: () => false,
    answerOf: (checked, common) => statementTable('Facts', checked, common),
  });
  return shown[0]?.notice;
}

test('an answer to several statements says how many documents were not read for the one that had most', async () => {
  expect(await noticeOf([{}, {}])).toBeUndefined();
  expect(await noticeOf([{ leftOut: 1 }, { leftOut: 7 }, { leftOut: 2 }])).toBe(
    '7 documents were not read: there was too much text.',
  );
  expect(await noticeOf([{ leftOut: 1 }, { isCut: true }])).toBe(
    '1 document was not read: there was too much text. Only the beginning of the text was read: it is too long.',
  );
});

test('of a text that is too long the beginning is read, and no half of a character', async () => {
  const paragraph = `${'The lighthouse is red. '.repeat(20)}\n\n`;
  const most = paragraph.repeat(Math.ceil(mostCharacters / paragraph.length)).slice(0, mostCharacters - 1);
  const texts: string[] = [];
  const model = new FakeClassifier({ score: (text) => (texts.push(text), 0.5) });
  const reader = { model, set: {}, signal: new AbortController().signal } as unknown as Reader;
  const look = (text: string) => nearInText(uri, { text, runs: [], document: text }, reader)('It is red.', 3);
  expect(await look(`${most}.`)).toMatchObject({ isCut: false });
  expect(await look(`${most}🔥 The lighthouse is white.`)).toMatchObject({ isCut: true, documents: 1 });
  expect(texts.some((text) => text.includes('white'))).toBe(false);
  expect(texts.some((text) => /\p{Surrogate}/u.test(text))).toBe(false);
});

test('a table counts one statement as one, and keeps the order of the evidence', () => {
  const passage = (text: string) => ({ uri, text, start: 0, end: 1, line: 1, score: 0.9, stance: 'supports' as const });
  const one = { statement: 'It is so.', verdict: 'supported' as const, evidence: [passage('a'), passage('b')] };
  expect(statementTable('Facts', [one], by)).toMatchObject({
    description: '1 statement',
    children: [{ children: [{ title: 'Supports', children: [{ text: 'a' }, { text: 'b' }] }] }],
  });
  expect(statementTable('Facts', [one, one], by).description).toBe('2 statements');
});
