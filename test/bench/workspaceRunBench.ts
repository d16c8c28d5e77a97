// The measuring half of workspaceRun.mjs, bundled by it.
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Classifier } from '../../src/shared/classifier';
import { InferenceClient } from '../../src/inference/client';
import { NodeFileTree, fileUri } from '../../src/workspace/find/nodeFileTree';
import { WorkspaceRun } from '../../src/workspace/run/workspaceRun';
import { TagStore } from '../../src/workspace/store/tagStore';
import type { EntryKind, FileStat, FileTree } from '../../src/workspace/types';
import { SteadyClassifier } from '../child/workspaceKill/steadyClassifier';
import { labelSet } from '../unit/workspace/labelSetOf';
import { benchLabels } from './benchLabels';
import { LoopWatch } from './loopWatch';

const first = benchLabels;
const changed = labelSet([...first.labels.map(({ name }) => name), 'performance', 'documentation']);
const changedAgain = labelSet([...first.labels.map(({ name }) => name), 'marketing', 'research']);

/** Longer than the steps in which file systems count time: a model is remembered only when its files have lain still. */
const untilSettledMs = 2_500;

interface Measured {
  readonly ms: number;
  readonly stops: LoopWatch;
  readonly counts: string;
}

async function measured(
  parts: { readonly tree: FileTree; readonly store: TagStore; readonly classifier: Classifier },
  root: string,
  set: ReturnType<typeof labelSet>,
  onProgress: (done: number) => void = () => undefined,
): Promise<Measured> {
  const stops = new LoopWatch();
  const run = new WorkspaceRun(parts, {
    set,
    chunkTokens: null,
    find: { roots: [{ uri: root, name: 'work' }], include: [], exclude: [] },
    read: {},
    onProgress: ({ done }) => {
      onProgress(done);
    },
  });
  const start = performance.now();
  const { classified, reused, relabelled } = await run.start();
  const ms = performance.now() - start;
  stops.end();
  return { ms, stops, counts: `${classified} classified, ${reused} reused, ${relabelled} relabelled` };
}

function print(what: string, { ms, stops, counts }: Measured, files: number, against?: Measured): void {
  const ratio = against ? `, ${((100 * ms) / against.ms).toPrecision(3)} % of the first run` : '';
  const rate = `${((files * 1000) / ms).toFixed(0)} a second`;
  console.log(
    `${what}: ${(ms / 1000).toPrecision(3)} s, ${rate}${ratio}; ${counts}; longest stop of the event loop ${stops.clockMs.toFixed(0)} ms (${stops.workMs.toFixed(0)} ms of work)`,
  );
}

/** The texts of one measurement. */
export interface Texts {
  readonly what: string;
  readonly textOf: (n: number) => string;
}

export function sentences(count: number): Texts {
  return { what: `${count} sentences`, textOf: (n) => textOf(n, count) };
}

/** Each number of words as often as any other. */
export function words(from: number, to: number): Texts {
  return {
    what: `${from} to ${to} words`,
    textOf: (n) => {
      const count = from + ((n * 61) % (to - from + 1));
      const whole = textOf(n, Math.ceil(count / wordsOfSentence));
      return (whole.match(/\S+\s*/g) ?? []).slice(0, count).join('');
    },
  };
}

/**
 * Real files, the real child, the embedded model. Runs after the first one are measured twice: with the model loaded, as in an
 * editor at work, and by a process that begins afresh, as on the command line, where loading the model counts if it is loaded.
 */
export async function measureReal(
  documents: number,
  { what, textOf: text }: Texts,
  model: string,
  workerFile: string,
): Promise<void> {
  const base = await mkdtemp(path.join(tmpdir(), 'glitag-bench-'));
  try {
    await new Promise((resolve) => setTimeout(resolve, untilSettledMs));
    const folder = path.join(base, 'work');
    for (let n = 0; n < documents; n++) {
      const file = path.join(folder, `d${n % 50}`, `${n}.md`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text(n));
      await utimes(file, 1_600_000_000, 1_600_000_000 + n);
    }
    const { store } = await TagStore.open(path.join(base, 'index', 'tags.sqlite'));
    const classifier = openClient(model, workerFile, store);
    const tree = new NodeFileTree();
    const parts = { tree, store, classifier };
    await classifier.describe();
    console.log(`Embedded model, ${documents} files of ${what}`);
    const whole = await measured(parts, fileUri(folder), first);
    print('  first run', whole, documents);
    print('  second run', await measured(parts, fileUri(folder), first), documents, whole);
    print('  changed label set', await measured(parts, fileUri(folder), changed), documents, whole);
    await classifier.dispose();
    const again = openClient(model, workerFile, store);
    try {
      const cold = { tree, store, classifier: again };
      print('  second run, begun afresh', await measured(cold, fileUri(folder), first), documents, whole);
      console.log(`    the model was ${again.pid === undefined ? 'not ' : ''}loaded for it`);
      print('  changed label set, begun afresh', await measured(cold, fileUri(folder), changedAgain), documents, whole);
    } finally {
      await again.dispose();
    }
    store.close();
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

/** One-sentence files that exist only as numbers, the real child: memory of both processes over a long run. */
export async function measureMemory(files: number, model: string, workerFile: string): Promise<void> {
  const base = await mkdtemp(path.join(tmpdir(), 'glitag-bench-'));
  const classifier = openClient(model, workerFile);
  try {
    const { store } = await TagStore.open(path.join(base, 'tags.sqlite'));
    await classifier.describe();
    console.log(`Embedded model, ${files} documents of one sentence`);
    const curve: string[] = [];
    let next = 0;
    const parts = { tree: new NumberedTree(files), store, classifier };
    const whole = await measured(parts, 'numbered:', first, (done) => {
      if (done < next) return;
      next += files / 10;
      curve.push(
        `${(done / 1000).toFixed(0)}k ${megabytes(process.memoryUsage().rss)} + ${childMegabytes(classifier.pid)}`,
      );
    });
    print('  first run', whole, files);
    console.log(`    resident memory in MB, host + child: ${curve.join(', ')}`);
    store.close();
  } finally {
    await classifier.dispose();
    await rm(base, { recursive: true, force: true });
  }
}

/** Resident memory of another process, from Linux's /proc. */
function childMegabytes(pid: number | undefined): string {
  const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? '?' : megabytes(Number(kilobytes) * 1024);
}

function openClient(model: string, workerFile: string, store?: TagStore): InferenceClient {
  return new InferenceClient({
    workerFile,
    load: { folder: model, threads: 0, maxBatchTokens: 8192 },
    idleMs: 600_000,
    memoryCeilingBytes: 2 ** 40,
    log: () => undefined,
    ...(store
      ? {
          notes: {
            read: (key: string) => store.readNote(key),
            write: (key: string, note: string) => {
              store.writeNote(key, note);
            },
          },
        }
      : {}),
  });
}

/** Files that exist only as numbers and a classifier that does nothing: what is left is the host's own work and memory. */
export async function measureMany(files: number): Promise<void> {
  const base = await mkdtemp(path.join(tmpdir(), 'glitag-bench-'));
  try {
    const { store } = await TagStore.open(path.join(base, 'tags.sqlite'));
    const parts = { tree: new NumberedTree(files), store, classifier: new SteadyClassifier(0) };
    console.log(`A classifier that does nothing, ${files} documents`);
    for (const [what, set] of [
      ['first run', first],
      ['second run', first],
      ['changed label set', changed],
    ] as const) {
      const curve: string[] = [];
      let next = 0;
      print(
        `  ${what}`,
        await measured(parts, 'numbered:', set, (done) => {
          if (done < next) return;
          next += files / 10;
          const { rss, heapUsed } = process.memoryUsage();
          curve.push(`${Math.round(done / 1000)}k ${megabytes(rss)} (${megabytes(heapUsed)})`);
        }),
        files,
      );
      console.log(`    memory in MB, resident (JavaScript heap): ${curve.join(', ')}`);
    }
    store.close();
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

/** Words of each sentence of `textOf`. */
const wordsOfSentence = 16;

function textOf(n: number, sentences: number): string {
  const words = [
    'release',
    'meeting',
    'error',
    'customer',
    'contract',
    'candidate',
    'server',
    'idea',
    'thanks',
    'deadline',
  ];
  let state = n + 1;
  const sentence = () =>
    Array.from({ length: 12 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return words[state % words.length];
    }).join(' ');
  return Array.from({ length: sentences }, () => `We talked about the ${sentence()}.`).join('\n');
}

/** Folders of 100 files; nothing is kept in memory. */
class NumberedTree implements FileTree {
  constructor(private readonly files: number) {}

  async readDirectory(uri: string): Promise<[string, EntryKind][]> {
    await turn();
    const folders = Math.ceil(this.files / 100);
    if (uri === 'numbered:') return Array.from({ length: folders }, (_, n) => [`d${n}`, 'directory']);
    return Array.from({ length: 100 }, (_, n) => [`${n}.md`, 'file']);
  }

  async stat(): Promise<FileStat> {
    await turn();
    return { kind: 'file', size: 1000, mtimeMs: 1000.5 };
  }

  async readFile(uri: string): Promise<Uint8Array> {
    await turn();
    return Buffer.from(
      `Note ${uri.replace(/\D+/g, ' ')}: the customer asked about the release of the server and the contract.`,
    );
  }

  child(uri: string, name: string): string {
    return `${uri}/${name}`;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
