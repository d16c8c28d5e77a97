// `glitag tag --learn` with a model that reads examples, in processes of their own.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { labels, repository, runCli } from './runCli';

const model = path.join(repository, 'test/golden/models/uni-bert-first-simple');
const learn = ['--model', model, '--decisions', 'd.jsonl', '--learn'];
const texts = {
  'late.txt': 'The parcel came late and the box was torn.',
  'invoice.txt': 'Please pay the invoice by Friday.',
  'delivery.txt': 'My delivery was two days late, and the parcel was damaged.',
  'bill.txt': 'The bill must be paid by the end of the week.',
};

let folder: string;
beforeEach(async () => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-learn-')));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  fs.mkdirSync(path.join(folder, 'docs'));
  for (const [name, text] of Object.entries(texts)) fs.writeFileSync(path.join(folder, 'docs', name), text);
  await decide('add', 'mood.angry', 'docs/late.txt');
  await decide('add', 'kind.contract', 'docs/invoice.txt');
});

async function decide(...args: string[]): Promise<void> {
  const { code, stderr } = await runCli(['decide', ...args, '--decisions', 'd.jsonl', '--labels', labels], folder);
  expect([code, stderr]).toEqual([0, '']);
}

type Scores = Readonly<Record<string, number>>;

interface Tagged {
  /** By file name. */
  readonly scores: Map<string, Scores>;
  /** Documents that were read for them. */
  readonly classified: number;
  /** Whether it said that this was because of decisions. */
  readonly follows: boolean;
}

async function tag(...args: string[]): Promise<Tagged> {
  const all = ['tag', '--format', 'json', '--labels', labels, '--index', 'i.sqlite', ...args, 'docs'];
  const { code, stdout, stderr } = await runCli(all, folder);
  const followed = 'glitag: Following decisions: 4 documents are tagged again.\n';
  expect([code, stderr.replace(followed, '')]).toEqual([0, '']);
  const { documents, stats } = JSON.parse(stdout) as {
    readonly documents: readonly { readonly path: string; readonly scores: Scores }[];
    readonly stats: { readonly classified: number };
  };
  return {
    scores: new Map(documents.map((one) => [path.basename(one.path), one.scores])),
    classified: stats.classified,
    follows: stderr === followed,
  };
}

/** Scores where the labels file itself has these examples, which are read as they stand. */
async function withExamples(examples: readonly object[]): Promise<Map<string, Scores>> {
  const own = JSON.parse(fs.readFileSync(labels, 'utf8')) as object;
  fs.writeFileSync(path.join(folder, 'own.json'), JSON.stringify({ ...own, examples }));
  return (await tag('--labels', 'own.json', '--model', model)).scores;
}

test('each document is read with the decided ones nearest to it, nearest first, and not with itself', async () => {
  const { scores } = await tag(...learn);
  const late = { text: texts['late.txt'], labels: ['mood.angry'] };
  const invoice = { text: texts['invoice.txt'], labels: ['kind.contract'] };
  const lateFirst = await withExamples([late, invoice]);
  const invoiceFirst = await withExamples([invoice, late]);
  expect(scores.get('delivery.txt')).toEqual(lateFirst.get('delivery.txt'));
  expect(scores.get('delivery.txt')).not.toEqual(invoiceFirst.get('delivery.txt'));
  expect(scores.get('bill.txt')).toEqual(invoiceFirst.get('bill.txt'));
  expect(scores.get('bill.txt')).not.toEqual(lateFirst.get('bill.txt'));
  expect(scores.get('late.txt')).toEqual((await withExamples([invoice])).get('late.txt'));
});

test('results are kept under what was decided, in whichever order', async () => {
  const plain = await tag('--model', model);
  const learned = await tag(...learn);
  expect(learned).toMatchObject({ classified: 4, follows: true });
  expect(learned.scores.get('bill.txt')).not.toEqual(plain.scores.get('bill.txt'));
  await decide('take-back', 'mood.angry', 'docs/late.txt');
  const less = await tag(...learn);
  expect(less).toMatchObject({ classified: 4, follows: true });
  expect(less.scores.get('bill.txt')).not.toEqual(learned.scores.get('bill.txt'));
  await decide('add', 'mood.angry', 'docs/late.txt');
  expect(await tag(...learn)).toEqual({ ...learned, classified: 0, follows: false });
  expect(await tag('--model', model)).toEqual({ ...plain, classified: 0, follows: false });
});

test('what a text is not teaches nothing', async () => {
  await decide('none', 'docs/late.txt', 'docs/invoice.txt');
  expect((await tag(...learn)).scores).toEqual((await tag('--model', model)).scores);
});

test('a model that neither reads examples nor keeps vectors says so, unless the label set has the form that it was trained with', async () => {
  const without = path.join(folder, 'without-examples');
  fs.cpSync(model, without, { recursive: true });
  const config = path.join(without, 'config.json');
  const known = JSON.parse(fs.readFileSync(config, 'utf8')) as object;
  fs.writeFileSync(config, JSON.stringify({ ...known, example_token_index: -1 }));
  const { code, stderr } = await runCli(['tag', '--labels', labels, ...learn, '--model', without, 'docs'], folder);
  expect(code).not.toBe(0);
  expect(stderr).toContain('does not learn from decisions');

  const own = JSON.parse(fs.readFileSync(labels, 'utf8')) as object;
  fs.writeFileSync(path.join(folder, 'own.json'), JSON.stringify({ ...own, exampleForm: 'retrieved' }));
  const retrieved = ['--labels', 'own.json', '--model', without];
  const set = path.basename(labels, '.json');
  const learned = await tag(...retrieved, '--set', set, '--decisions', 'd.jsonl', '--learn');
  expect(learned.scores.get('bill.txt')).not.toEqual((await tag(...retrieved)).scores.get('bill.txt'));
});
