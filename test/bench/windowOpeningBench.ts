// The measuring half of windowOpening.mjs, bundled by it with a stand-in for `vscode`.
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptStep, rejectStep } from '../../src/core/review/steps';
import { Tagger } from '../../src/extension/classify/tagger';
import { TaughtModel } from '../../src/extension/learn/taughtModel';
import { Decisions } from '../../src/extension/review/decisions';
import { DecisionsMirror } from '../../src/extension/review/decisionsMirror';
import { documentRow, Targets } from '../../src/extension/review/targets';
import { IndexHome } from '../../src/extension/results/indexHome';
import { MemoryHome } from '../../src/extension/results/memoryHome';
import { Pinpointer } from '../../src/extension/results/pinpointer';
import { Results } from '../../src/extension/results/results';
import { ScoreMoves } from '../../src/extension/learn/scoreMoves';
import { ViewFeed, type FeedParts } from '../../src/extension/view/viewFeed';
import { TagsView } from '../../src/extension/view/tagsView';
import { ViewNotes } from '../../src/extension/view/viewNotes';
import { DiskWatch, type DiskWatchParts } from '../../src/extension/workspace/diskWatch';
import { EditorFileTree } from '../../src/extension/workspace/editorFileTree';
import { defaultFrontMatter } from '../../src/workspace/read/readableText';
import { DocumentTexts } from '../../src/extension/workspace/documentTexts';
import { IndexFile } from '../../src/extension/workspace/indexFile';
import { WorkspaceNote } from '../../src/extension/workspace/workspaceNote';
import type { AppliedStep } from '../../src/workspace/decisions/decisionStore';
import { fileUri, NodeFileTree } from '../../src/workspace/find/nodeFileTree';
import { WorkspaceRun } from '../../src/workspace/run/workspaceRun';
import { TagStore } from '../../src/workspace/store/tagStore';
import { SteadyClassifier } from '../child/workspaceKill/steadyClassifier';
import { benchLabels } from './benchLabels';
import { CountingPage, until, viewOf } from './countingPage';
import { LoopWatch } from './loopWatch';

const [step = '', base = '', files = '0', changed = '0'] = process.argv.slice(2);
const folder = path.join(base, 'work');
const fileOf = (n: number) => path.join(folder, `d${n % 1000}`, `note ${n}.md`);

async function prepare(count: number): Promise<void> {
  for (let n = 0; n < Math.min(count, 1000); n++) await mkdir(path.dirname(fileOf(n)), { recursive: true });
  for (let n = 0; n < count; n++) {
    await writeFile(fileOf(n), `Note ${n}: the customer asked about the release of the server and the contract.\n`);
    await utimes(fileOf(n), 1_600_000_000, 1_600_000_000 + n + 0.5);
  }
  const { store } = await TagStore.open(path.join(base, 'index', 'tags.sqlite'));
  const run = new WorkspaceRun(
    { tree: new NodeFileTree(), store, classifier: new SteadyClassifier(0) },
    {
      set: benchLabels,
      chunkTokens: null,
      find: { roots: [{ uri: fileUri(folder), name: 'work' }], include: [], exclude: [] },
      read: {},
    },
  );
  const { classified } = await run.start();
  store.close();
  console.log(`${classified} files in the index`);
}

/** As a checkout leaves them: half of the changed ones with another length; a few files gone, a few new. */
async function change(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await writeFile(
      fileOf(n),
      `Note ${n}: ${n % 2 === 0 ? 'something else' : 'the customer asked about the release of the server and the contacts.\n'}`,
    );
    await utimes(fileOf(n), 1_650_000_000, 1_650_000_000 + n + 0.5);
  }
  for (let n = count; n < count + 100; n++) await rm(fileOf(n));
  for (let n = 0; n < 50; n++) await writeFile(path.join(folder, `new ${n}.md`), 'A new file.');
}

async function open(): Promise<void> {
  const startMs = performance.now();
  const stops = new LoopWatch();
  const page = new CountingPage();
  const { feed, checked } = openWindow();
  feed.resolveWebviewView(viewOf(page));
  await until(() => page.rows.size > 0);
  const shownMs = performance.now() - startMs;
  await checked;
  await new Promise((resolve) => setTimeout(resolve, 500));
  stops.end();
  const stale = [...page.rows.values()].filter(Boolean).length;
  console.log(
    `window opened: ${page.rows.size} rows, ${stale} stale, note ${page.note}; first rows after ${(shownMs / 1000).toFixed(1)} s, ` +
      `view right after ${((page.lastMs - startMs) / 1000).toFixed(1)} s; longest stop of the event loop ${stops.clockMs.toFixed(0)} ms (${stops.workMs.toFixed(0)} ms of work)`,
  );
  process.exit(0);
}

/**
 * One tag, then steps of a thousand and of ten thousand, which is undone and made again; as the keys of the view decide them. `shared`: the team has a
 * file of decisions too.
 */
async function decide(shared: boolean): Promise<void> {
  const page = new CountingPage();
  const { feed, index, decisions, targets, mirror } = openWindow(shared);
  feed.resolveWebviewView(viewOf(page));
  await index.load();
  await until(() => page.rows.size === index.ids().length);
  const label = benchLabels.labels[0]?.name ?? '';
  const step = async (what: string, count: number, make: () => Promise<AppliedStep | null>) => {
    const before = page.sent;
    const stops = new LoopWatch();
    const startMs = performance.now();
    const applied = await make();
    const decidedMs = performance.now() - startMs;
    await until(() => page.sent - before >= count);
    await new Promise((resolve) => setTimeout(resolve, shared ? 3_000 : 300));
    stops.end();
    console.log(
      `${what} ${applied?.changed ?? 0} of ${page.rows.size} documents${shared ? ', with a shared file' : ''}: on the disk after ${decidedMs.toFixed(0)} ms, ` +
        `${page.sent - before} rows sent, the last after ${(page.lastMs - startMs).toFixed(0)} ms; ` +
        `longest stop of the event loop ${stops.clockMs.toFixed(0)} ms (${stops.workMs.toFixed(0)} ms of work)`,
    );
  };
  const tags = async (count: number) => {
    const places = await targets.places(index.ids().slice(-count).map(documentRow));
    return places.map(({ place }) => ({ ...place, set: benchLabels.name, label }));
  };
  await step('accepted on', 1, async () => decisions.decide(acceptStep(await tags(1))));
  await step('rejected on', 1_000, async () => decisions.decide(rejectStep(await tags(1_000))));
  await step('accepted on', 10_000, async () => decisions.decide(acceptStep(await tags(10_000))));
  await step('undone on', 10_000, () => decisions.undo());
  await step('made again on', 10_000, () => decisions.redo());
  mirror.dispose();
  process.exit(0);
}

interface Opened {
  readonly feed: ViewFeed;
  readonly checked: Promise<void>;
  readonly watch: DiskWatch;
  readonly index: IndexHome;
  readonly decisions: Decisions;
  readonly targets: Targets;
  readonly mirror: DecisionsMirror;
}

/** The window's objects, as extension.ts puts them together. */
function openWindow(shared = false): Opened {
  Object.assign(vscode.workspace, { workspaceFolders: [{ uri: vscode.Uri.file(folder), name: 'work' }] });
  const silent = new vscode.EventEmitter<never>().event;
  const log = { error: console.error, warn: console.error, info: () => undefined, debug: () => undefined };
  const reporter = { silently: console.error, error: console.error } as unknown as DiskWatchParts['reporter'];
  const settings: Readonly<Record<string, unknown>> = {
    chunkTokens: null,
    'decisions.author': '',
    split: {},
    'frontMatter.read': false,
    'frontMatter.key': 'tags',
    include: [],
    exclude: [],
    maxFileSizeKb: 1024,
  };
  const config = {
    get: (name: string) => settings[name],
    decisionsFile: () => (shared ? 'decisions.jsonl' : null),
    editorFiles: () => ({ encoding: 'utf8', hidden: [] }),
    onDidChange: silent,
  } as unknown as DiskWatchParts['config'];
  const state = { sets: [benchLabels], active: benchLabels, problem: null };
  const labelSets = {
    read: () => state,
    active: () => benchLabels,
    shown: () => benchLabels,
    onDidChange: silent,
  } as unknown as DiskWatchParts['labelSets'];
  const classifier = new SteadyClassifier(0);
  const models = { of: () => classifier, find: () => null, descriptionOf: () => null, onDidChange: silent };
  const activity = { state: { error: null }, onDidChange: silent } as unknown as FeedParts['activity'];
  const taught = new TaughtModel(models as unknown as ConstructorParameters<typeof TaughtModel>[0]);
  const tagger = new Tagger(taught, models, () => null);
  const tree = new EditorFileTree();
  const file = new IndexFile(vscode.Uri.file(path.join(base, 'index')), taught, config, reporter);
  const output = log as unknown as vscode.LogOutputChannel;
  const memento = {
    get: (_: string, none: unknown) => none,
    update: () => Promise.resolve(),
  } as unknown as vscode.Memento;
  const decisions = new Decisions(vscode.Uri.file(path.join(base, 'index')), memento, labelSets, config, reporter);
  const index = new IndexHome(file, labelSets, tagger, new DocumentTexts(tree, config), decisions, output);
  const memory = new MemoryHome(labelSets, tagger, taught, decisions, output, () => defaultFrontMatter);
  const results = new Results(memory, index, labelSets, new Pinpointer(taught));
  const notes = new ViewNotes();
  const feed = new ViewFeed((handlers) => new TagsView(vscode.Uri.file(base), handlers, output), {
    results,
    labelSets,
    models: models as unknown as FeedParts['models'],
    activity,
    reporter,
    notes,
    decisions,
    taggedOtherwise: () => file.taggedOtherwise,
    scoreMoves: new ScoreMoves({ labelSets, decisions, file, models, reporter }),
    onShown: () => void index.load(),
  });
  const runs = { isRunning: false, onDidBegin: silent, onDidEnd: silent } as unknown as DiskWatchParts['runs'];
  const note = new WorkspaceNote({
    tree,
    index,
    runs,
    labelSets,
    taught,
    tell: notes.teller('run'),
  });
  const watch = new DiskWatch({ tree, config, labelSets, file, index, runs, note, reporter });
  let told = 0;
  const checked = new Promise<void>((resolve) => {
    const set = note.setLeft.bind(note);
    // The first is for the label set, the second for the comparison's end.
    note.setLeft = (...left) => {
      set(...left);
      if (++told === 2) resolve();
    };
  });
  const targets = new Targets(results, labelSets);
  const mirror = new DecisionsMirror(decisions, config, reporter);
  return { feed, checked, watch, index, decisions, targets, mirror };
}

if (step === 'prepare') await prepare(Number(files));
else if (step === 'change') await change(Number(changed));
else if (step === 'decide') await decide(false);
else if (step === 'decideShared') await decide(true);
else await open();
