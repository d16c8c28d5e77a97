// The measuring half of rerank.mjs: a real index, the real model process, and BM25 over the same passages.
import fs from 'node:fs';
import path from 'node:path';
import { answerPassages } from '../../src/core/answerPassages';
import { isMarkdownName } from '../../src/core/markdownLines';
import { chooseCandidates } from '../../src/workspace/passages/chooseCandidates';
import { findPassages } from '../../src/workspace/passages/findPassages';
import { fileUri, NodeFileTree } from '../../src/workspace/find/nodeFileTree';
import { PlaceTexts } from '../../src/workspace/read/placeTexts';
import { WorkspaceRun } from '../../src/workspace/run/workspaceRun';
import { taskIdentity } from '../../src/workspace/store/taskIdentity';
import { TagStore } from '../../src/workspace/store/tagStore';
import type { DocumentPlace } from '../../src/workspace/types';
import { labelSet } from '../unit/workspace/labelSetOf';
import { benchClient } from './benchClient';
import { PassageWords } from './passageWords';
import { figures, overlaps, type Answered, type Place, type Question } from './rerankFigures';

const [root = '', base = '', workerFile = '', embedded = '', folder = '', candidateCount = '40'] =
  process.argv.slice(2);
const [candidates, chunkTokens, top, perDocument] = [Number(candidateCount), 256, 10, 3];
const set = labelSet(['anything']);
/** What tells of the questions is no source of answers. */
const leftOut = ['PASSAGES.md'];

const chooser = benchClient(workerFile, embedded);
const reader = folder === embedded ? chooser : benchClient(workerFile, folder);
const { store } = await TagStore.open(path.join(base, 'index.sqlite'));
try {
  await measure();
} finally {
  store.close();
  await Promise.all([chooser.dispose(), reader.dispose()]);
}

async function measure(): Promise<void> {
  const roots = ['README.md', 'docs', 'samples/workspace'].map((name) => ({
    uri: fileUri(path.join(root, name)),
    name,
  }));
  const run = new WorkspaceRun(
    { tree: new NodeFileTree(), store, classifier: chooser },
    { set, chunkTokens, find: { roots, include: [], exclude: leftOut }, read: {} },
  );
  await run.start();
  const places: DocumentPlace[] = [];
  for await (const batch of store.documents(taskIdentity(set, chunkTokens), null)) places.push(...batch);
  const reading = new PlaceTexts(new NodeFileTree(), {});
  const texts = new Map<string, string>();
  for (const place of places) texts.set(place.uri, (await reading.read(place))?.text ?? '');
  const passages = [...texts].flatMap(([uri, text]) =>
    answerPassages(text, { start: 0, end: text.length }, isMarkdownName(uri)).map((span) => ({ uri, ...span })),
  );
  const questions = readQuestions(texts, passages);
  console.log(
    `${questions.length} questions, ${places.length} documents, ${passages.length} passages, ${candidates} candidates\n`,
  );

  const words = new PassageWords(passages.map(({ uri, start, end }) => texts.get(uri)?.slice(start, end) ?? ''));
  const answer: Record<string, (question: string) => Promise<readonly Place[]> | readonly Place[]> = {
    BM25: (question) => bounded(words.search(question).flatMap((at) => passages[at] ?? [])),
    vectors: (question) => byVectors(question, texts),
    'vectors, passages': (question) => byPassages(question, reading),
  };
  const found = new Map<string, Answered[]>();
  // The labels' way to the child is warm before anything is timed.
  await byPassages('anything', reading);
  for (const question of questions) {
    for (const [way, ask] of Object.entries(answer)) {
      const began = performance.now();
      const results = await ask(question.question);
      found.set(way, [...(found.get(way) ?? []), { question, results, ms: performance.now() - began }]);
    }
  }
  const [bm25 = [], , both = []] = found.values();
  found.set(
    'BM25 and the last, fused',
    bm25.map((one, at) => fused(one, both[at] ?? one)),
  );
  for (const [half, wanted] of [
    ['odd questions (for choices)', 1],
    ['even questions (for the report)', 0],
    ['all', null],
  ] as const) {
    console.log(
      `\n${half}\n\n| | MRR@10 | nDCG@10 | first is right | among 10 | document MRR@10 | ms, median (worst) |`,
    );
    console.log('|---|---|---|---|---|---|---|');
    for (const [way, answered] of found)
      console.log(
        figures(
          way,
          answered.filter(({ question }) => wanted === null || question.id % 2 === wanted),
        ),
      );
  }
}

/** Chunks by their vectors, each as the passages in it, in order. */
async function byVectors(question: string, texts: ReadonlyMap<string, string>): Promise<readonly Place[]> {
  const { candidates: chosen } = await chooseCandidates(question, {
    ...{ store, chooser, task: taskIdentity(set, chunkTokens), wanted: () => true, limit: candidates },
  });
  const chunks = chosen.flatMap(({ place, best }) => best?.chunks.map((chunk) => ({ uri: place.uri, ...chunk })) ?? []);
  chunks.sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return bounded(
    chunks.flatMap(({ uri, ...chunk }) =>
      answerPassages(texts.get(uri) ?? '', chunk, isMarkdownName(uri)).map((span) => ({ uri, ...span })),
    ),
  );
}

async function byPassages(question: string, reading: PlaceTexts): Promise<readonly Place[]> {
  const { passages } = await findPassages(question, {
    ...{ store, chooser, task: taskIdentity(set, chunkTokens), candidates, top, perDocument },
    classifier: reader,
    read: (place) => reading.read(place),
  });
  return passages.map(({ place, start, end }) => ({ uri: place.uri, start, end }));
}

/** Ten at most, three of a document, as users are shown. */
function bounded(places: readonly Place[]): Place[] {
  const counts = new Map<string, number>();
  return places
    .filter(({ uri }) => {
      counts.set(uri, (counts.get(uri) ?? 0) + 1);
      return (counts.get(uri) ?? 0) <= perDocument;
    })
    .slice(0, top);
}

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009) of what both show. */
function fused(one: Answered, other: Answered): Answered {
  const scores = new Map<string, { readonly place: Place; readonly score: number }>();
  for (const { results } of [one, other])
    for (const [rank, place] of results.entries()) {
      const key = `${place.uri} ${place.end}`;
      scores.set(key, { place, score: (scores.get(key)?.score ?? 0) + 1 / (60 + rank + 1) });
    }
  const ranked = [...scores.values()].sort((a, b) => b.score - a.score);
  return { question: one.question, results: bounded(ranked.map(({ place }) => place)), ms: one.ms + other.ms };
}

/** With the places of their answers. Throws where an answer is no longer in the text. */
function readQuestions(texts: ReadonlyMap<string, string>, passages: readonly Place[]): Question[] {
  const lines = fs.readFileSync(path.join(root, 'test/bench/data/questions.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { id, question, answers } = JSON.parse(line) as {
      id: number;
      question: string;
      answers: { file: string; quote: string }[];
    };
    const places = answers.map(({ file, quote }) => {
      const uri = fileUri(path.join(root, file));
      const start = texts.get(uri)?.indexOf(quote) ?? -1;
      if (start < 0) throw new Error(`Question ${id}: “${quote}” is not in ${file} any more.`);
      return { uri, start, end: start + quote.length };
    });
    const count = passages.filter((passage) => places.some((place) => overlaps(place, passage))).length;
    return { id, question, answers: places, count };
  });
}
