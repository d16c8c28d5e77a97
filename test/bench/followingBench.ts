// The measuring half of following.mjs, bundled by it with a stand-in for `vscode`.
import { createHash } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Decision } from '../../src/core/review/decision';
import { Tagger } from '../../src/extension/classify/tagger';
import { LabelSets } from '../../src/extension/labels/labelSets';
import { Learning, type LearningParts } from '../../src/extension/learn/learning';
import { ScoreMoves } from '../../src/extension/learn/scoreMoves';
import { TaughtModel } from '../../src/extension/learn/taughtModel';
import { IndexHome } from '../../src/extension/results/indexHome';
import { MemoryHome } from '../../src/extension/results/memoryHome';
import { Pinpointer } from '../../src/extension/results/pinpointer';
import { Results } from '../../src/extension/results/results';
import { DocumentKeys } from '../../src/extension/review/documentKeys';
import { TagsView } from '../../src/extension/view/tagsView';
import { ViewFeed, type FeedParts } from '../../src/extension/view/viewFeed';
import { ViewNotes } from '../../src/extension/view/viewNotes';
import { DocumentTexts } from '../../src/extension/workspace/documentTexts';
import { EditorFileTree } from '../../src/extension/workspace/editorFileTree';
import { IndexFile } from '../../src/extension/workspace/indexFile';
import type { Models } from '../../src/extension/models/models';
import { Rescorer } from '../../src/extension/workspace/rescorer';
import { InferenceClient } from '../../src/inference/client';
import { fileUri } from '../../src/workspace/find/nodeFileTree';
import { TagStore } from '../../src/workspace/store/tagStore';
import { taskIdentity } from '../../src/workspace/store/taskIdentity';
import { defaultFrontMatter } from '../../src/workspace/read/readableText';
import { CountingPage, until, viewOf } from './countingPage';
import { LoopWatch } from './loopWatch';
import { processorSeconds } from './processorTime';

const [root = '', base = '', files = '0', decided = '0'] = process.argv.slice(2);
const labelNames = ['invoice', 'interview', 'vulnerability', 'release', 'contract', 'complaint', 'meeting', 'thanks'];
const folder = path.join(base, 'work');
const uriOf = (n: number) => fileUri(path.join(folder, `note ${n}.md`));
const hashOf = (n: number) => createHash('sha256').update(String(n)).digest('hex');

const model = new InferenceClient({
  workerFile: path.join(root, 'dist/worker.js'),
  load: { folder: path.join(root, 'models/glitag-small-en'), threads: 0, maxBatchTokens: 8192 },
  idleMs: 600_000,
  memoryCeilingBytes: 2 ** 40,
  log: () => undefined,
});

const silent = new vscode.EventEmitter<never>().event;
const steps = new vscode.EventEmitter<{ reset: boolean; uris: string[] }>();
const settings: Readonly<Record<string, unknown>> = { chunkTokens: null, include: [], exclude: [], activeLabelSet: '' };
const config = {
  modelNames: () => undefined,
  get: (name: string) => settings[name],
  isOn: () => true,
  labelSets: () => ({ work: { labels: labelNames } }),
  editorFiles: () => ({ encoding: 'utf8', hidden: [] }),
  onDidChange: silent,
} as unknown as LearningParts['config'];
const log = { error: console.error, warn: console.error } as unknown as vscode.LogOutputChannel;
const reporter = { silently: console.error, error: console.error } as unknown as ConstructorParameters<
  typeof IndexFile
>[3];

/** As if a run had read them: vectors of the real model's size, scored by it. */
async function prepare(labelSets: LabelSets): Promise<void> {
  const set = labelSets.active();
  const description = await model.describe();
  const size = description.vectorSize ?? 0;
  const { store } = await TagStore.open(path.join(base, 'index', 'tags.sqlite'));
  const writer = store.writer(taskIdentity(set, null), description);
  const task = { labels: labelNames, mode: 'multi-label' as const, examples: [] };
  for (let from = 0; from < Number(files); from += 500) {
    const documents = Array.from({ length: Math.min(500, Number(files) - from) }, (_, at) => {
      const values = Float32Array.from({ length: size }, () => Math.random() - 0.5);
      return { id: String(from + at), vectors: { values, spans: Int32Array.of(0, 100) } };
    });
    const outcomes = await model.rescore(documents, task);
    store.transaction(() => {
      for (const [at, outcome] of outcomes.entries()) {
        const document = documents[at];
        if (!outcome.ok || !document) throw new Error('there is no score');
        const n = from + at;
        const contentId = writer.keepContent(hashOf(n));
        writer.keepScores(contentId, { ...outcome, vectors: document.vectors });
        const source = { reading: '', runs: [], given: [] };
        writer.place(
          { uri: uriOf(n), root: 'work', path: `note ${n}.md`, size: 1, mtimeMs: 1, source },
          contentId,
          true,
        );
      }
    });
  }
  await store.checkpoint();
  store.close();
}

class Decided {
  readonly all = new Map<string, Decision[]>();
  readonly onDidChange = steps.event;
  readonly onDidStep = silent;
  readonly steps = { undo: null, redo: null };

  decide(n: number): void {
    const key = { root: '', path: `note ${n}.md` };
    const verdict = n % 3 === 0 ? 'accepted' : 'rejected';
    const label = labelNames[n % labelNames.length] ?? '';
    const made = { ...key, passage: null, set: 'work', label, verdict, textHash: hashOf(n), decidedMs: n } as const;
    this.all.set(key.path, [made]);
  }

  keys = new DocumentKeys({ get: (_: string, none: unknown) => none } as unknown as vscode.Memento);
  documents = () => Array.from(this.all.values(), ([first]) => first);
  of = ({ path }: { readonly path: string }) => this.all.get(path) ?? [];
  load = () => Promise.resolve();
}

const labelSets = new LabelSets(config, log);
await prepare(labelSets);
Object.assign(vscode.workspace, { workspaceFolders: [{ uri: vscode.Uri.file(folder), name: 'work' }] });
const described = await model.describe();
const host = Object.assign(model, { description: described });
const models = {
  of: () => host,
  find: () => host,
  descriptionOf: () => described,
  onDidChange: silent,
} as unknown as Models;
const decisions = new Decided();
const asDecisions = decisions as unknown as LearningParts['decisions'];
const taught = new TaughtModel(models);
const file = new IndexFile(vscode.Uri.file(path.join(base, 'index')), taught, config, reporter);
const texts = new DocumentTexts(new EditorFileTree(), config);
const tagger = new Tagger(taught, models, () => null);
const index = new IndexHome(file, labelSets, tagger, texts, asDecisions, log);
const memory = new MemoryHome(labelSets, tagger, taught, asDecisions, log, () => defaultFrontMatter);
const results = new Results(memory, index, labelSets, new Pinpointer(taught));
const handle = { signal: new AbortController().signal, progress: () => undefined, paused: () => undefined };
const activity = {
  state: { error: null },
  onDidChange: silent,
  run: (_kind: string, _title: string, work: (job: typeof handle) => Promise<void>) => work(handle),
};
const rescorer = new Rescorer(file, config, models, activity as unknown as ConstructorParameters<typeof Rescorer>[3]);
labelSets.beforeSwitch(async (to, before, signal) => {
  await rescorer.rescore(to, before, signal);
  await index.prepare(to, signal);
});
const notes = new ViewNotes();
const feed = new ViewFeed((handlers) => new TagsView(vscode.Uri.file(base), handlers, log), {
  ...{ results, labelSets, models, reporter, notes },
  activity: activity as unknown as FeedParts['activity'],
  decisions: asDecisions,
  taggedOtherwise: () => null,
  scoreMoves: new ScoreMoves({ labelSets, decisions: asDecisions, file, models, reporter }),
  onShown: () => void index.load(),
});
let told: () => void = () => undefined;
const learning = new Learning({
  ...{ labelSets, config, file, index, models, taught, texts, reporter, decisions: asDecisions },
  runs: { isRunning: false, onDidEnd: silent },
  tell: () => {
    told();
  },
});
index.beforeRead = () => learning.begin();
for (let n = 0; n < Number(decided); n++) decisions.decide(n);
const learned = new Promise<void>((resolve) => {
  told = resolve;
});
const page = new CountingPage();
feed.resolveWebviewView(viewOf(page));
await until(() => page.rows.size === Number(files));
// What was decided before counts only from then on.
if (Number(decided) > 0) await learned;
await new Promise((resolve) => setTimeout(resolve, 500));

const processorMs = () => 1_000 * processorSeconds(model.pid);
for (let n = 0; n < 4; n++) {
  const watch = new LoopWatch();
  const [startMs, startProcessorMs, { resets }] = [performance.now(), processorMs(), page];
  const counted = new Promise<void>((resolve) => {
    told = resolve;
  });
  decisions.decide(Number(decided) + n);
  steps.fire({ reset: false, uris: [uriOf(Number(decided) + n)] });
  // Under the labels as they are then.
  await until(() => page.resets > resets && page.rows.size === Number(files));
  const shownMs = performance.now() - startMs;
  const workMs = processorMs() - startProcessorMs;
  await counted;
  const countedMs = performance.now() - startMs;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  watch.end();
  console.log(
    `decision ${Number(decided) + n + 1} over ${index.ids().length} documents: the page has all rows after ${shownMs.toFixed(0)} ms (100 of them waiting for more decisions; ` +
      `${workMs.toFixed(0)} ms of processor time), changes counted after ${countedMs.toFixed(0)} ms; ` +
      `longest stop of the event loop ${watch.clockMs.toFixed(0)} ms (${watch.workMs.toFixed(0)} ms of work)`,
  );
}
await model.dispose();
process.exit(0);
