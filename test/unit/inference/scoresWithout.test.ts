// What decisions did to scores, with the embedded model: each score is compared with that of a task which never had the example.
import { expect, test } from 'vitest';
import type { Example } from '../../../src/core/labelSet';
import type { ClassificationTask, Classifier, DocumentScores, DocumentVectors } from '../../../src/shared/classifier';
import { nearestExamples } from '../../../src/shared/nearestExamples';
import { scoreMove, scoresWithoutOwn } from '../../../src/shared/scoresWithout';
import { classify, engineOf, scored, task } from './engineHelpers';
import { embeddedModel } from './modelCopies';

const labels = ['urgent', 'personal', 'paperwork'];
const decided: readonly (readonly [string, Pick<Example, 'labels' | 'rejected'>])[] = [
  ['Please sign the lease before Friday.', { labels: ['urgent', 'paperwork'], rejected: [] }],
  ['Shall we have dinner together next month?', { labels: ['personal'], rejected: ['urgent'] }],
  ['The landlord wants an answer about the flat today.', { labels: ['urgent'], rejected: ['personal'] }],
  ['Minutes of the last meeting are in the folder.', { labels: [], rejected: ['urgent', 'personal'] }],
  ['The form for the kindergarten has to be in tomorrow.', { labels: ['urgent'], rejected: [] }],
];
const asked = 'The contract for the flat should be sent back this week.';

const engine = () => engineOf(embeddedModel);
const classifier: Pick<Classifier, 'rescore'> = {
  rescore: async (documents, wanted) => (await engine()).rescore(documents, wanted),
};

async function vectorsOf(texts: readonly string[]): Promise<DocumentVectors[]> {
  const outcomes = await classify(await engine(), texts, task(labels), { vectors: true });
  return outcomes.map((outcome) => scored(outcome).vectors!);
}

async function examplesOf(): Promise<Example[]> {
  const vectors = await vectorsOf(decided.map(([text]) => text));
  return decided.map(([, lesson], at) => ({
    text: '',
    ...lesson,
    kept: { hash: String(at).repeat(64), vectors: vectors[at]!.values },
  }));
}

async function scores(vectors: DocumentVectors, wanted: ClassificationTask): Promise<DocumentScores['scores']> {
  return scored((await classifier.rescore([{ id: 'a', vectors }], wanted))[0]).scores;
}

test.each(['multi-label', 'single-label'] as const)(
  'a score says how it was before, and which decisions moved it: %s',
  async (mode) => {
    const own: Example = { text: 'Sunny spells and light wind.', labels: [] };
    const learned = await examplesOf();
    const [vectors] = await vectorsOf([asked]);
    const all = task(labels, { mode, examples: [own, ...learned] });
    const move = (await scoreMove(classifier, vectors!, all, 0, {}))!;
    const scoreWith = async (examples: readonly Example[]) => (await scores(vectors!, { ...all, examples }))[0]!;
    expect(move.after).toBe(await scoreWith(all.examples));
    expect(move.before).toBe(await scoreWith([own]));
    expect(Math.abs(move.after - move.before)).toBeGreaterThan(0.1);
    const changes = [];
    for (const at of learned.keys())
      changes.push({ example: at + 1, change: move.after - (await scoreWith([own, ...learned.toSpliced(at, 1)])) });
    const strongest = changes.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, 3);
    expect(move.movers.map(({ example }) => example)).toEqual(strongest.map(({ example }) => example));
    for (const [at, { change }] of strongest.entries()) expect(move.movers[at]!.change).toBeCloseTo(change, 2);
  },
);

test('a label on which nobody decided was not moved', async () => {
  const [vectors] = await vectorsOf([asked]);
  const examples = (await examplesOf()).slice(1);
  expect(await scoreMove(classifier, vectors!, task(labels, { examples }), 2, {})).toBeNull();
  expect(
    await scoreMove(classifier, vectors!, task(labels, { examples: [{ text: asked, labels }] }), 0, {}),
  ).toBeNull();
});

test('a decided text is judged by what the others taught, and so is any other with the same text', async () => {
  const examples = await examplesOf();
  const vectors = await vectorsOf(decided.map(([text]) => text));
  const texts = vectors.map((one, at) => ({ id: String(at), vectors: one, hash: examples[at]!.kept!.hash }));
  const copy = { ...texts[0]!, id: 'copy' };
  const all = task(labels, {
    examples: [...examples, { ...examples[0]!, labels: ['personal'], rejected: ['urgent'] }],
  });
  const judged = (await scoresWithoutOwn(classifier, [...texts, copy, { ...copy, id: 'b', hash: null }], all, {})).map(
    (outcome) => [...scored(outcome).scores],
  );
  for (const [at, one] of vectors.entries()) {
    const others = all.examples.filter(({ kept }) => kept!.hash !== examples[at]!.kept!.hash);
    const expected = await scores(one, { ...all, examples: others });
    for (const [label, score] of expected.entries()) expect(judged[at]![label]).toBeCloseTo(score, 2);
  }
  expect(judged[5]).toEqual(judged[0]);
  expect(judged[6]![1]! - judged[0]![1]!).toBeGreaterThan(0.02);
});

test('where very many labels compete, the decided texts nearest to the document are tried', async () => {
  const [vectors] = await vectorsOf([asked]);
  const examples = await examplesOf();
  let tried: unknown[] = [];
  const counting: typeof classifier = {
    rescore: async (documents, wanted) => {
      tried = documents.map(({ without }) => without);
      return classifier.rescore(documents, wanted);
    },
  };
  const many = [...labels, ...Array.from({ length: 997 }, (_, at) => `label ${at}`)];
  await scoreMove(counting, vectors!, task(many, { mode: 'single-label', examples }), 0, {});
  // As it is, more precisely, without any, and without two.
  const [first, second] = nearestExamples(vectors!.values, '', 384, examples);
  expect(tried).toEqual([undefined, [], [0, 1, 2, 3, 4], [first], [second]]);
});
