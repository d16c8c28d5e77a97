// Whatever happened to the files, the settings and the runs before: a run leaves in the index what a first run over the same files makes.
import { rename, rm, symlink } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkDisk } from '../../../src/workspace/disk/checkDisk';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { rescoreKept } from '../../../src/workspace/run/rescoreKept';
import { namedRule, splitRules } from '../../../src/workspace/split/splitRule';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { TagStore } from '../../../src/workspace/store/tagStore';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun } from './runHelpers';
import { TempFolder } from './tempFolder';

const sets = [labelSet(), labelSet(['praise', 'complaint'])] as const;
const splits = [[], ['csv: text'], ['csv: text', 'markdown: sections']] as const;

const file = fc
  .tuple(fc.constantFrom('', 'f/', 'f/g/'), fc.constantFrom('a.md', 'b.txt', 'c.csv', 'f'))
  .map((at) => at.join(''));
const folder = fc.constantFrom('f', 'f/g', 'h');
const content = fc.constantFrom(
  ...[
    'one',
    'two',
    ' ',
    'x\0y',
    'bad',
    'n\n1',
    '---\ntags: [q]\n---\nbody',
    '---\ntags: [q]\n---\n',
    '# H\n\none\n\n# K\nbad',
  ],
  ...['text,n\none,1\ntwo,2\n', 'n,text\n1,"bad"\n2,two'],
);
const settings = fc.record({
  set: fc.constantFrom(0, 1),
  split: fc.constantFrom(0, 1, 2),
  read: fc.boolean(),
  exclude: fc.constantFrom([], ['f'], ['*.md']),
});
type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write'), at: file, content }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('remove', 'link'), at: fc.oneof(file, folder) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('move'),
      at: fc.oneof(file, folder),
      to: fc.oneof(file, folder),
      told: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('write'),
      at: fc.constant('.glitagignore'),
      content: fc.constantFrom('f', '*.csv'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('run', 'cancel', 'check', 'rescore'), settings }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('asked', 'part'), at: fc.oneof(file, folder), settings }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class World {
  private readonly classifier = new FakeClassifier({ failing: (text) => text.includes('bad') });

  constructor(
    readonly folder: TempFolder,
    readonly store: TagStore,
  ) {}

  async take(one: Step): Promise<void> {
    const { folder: at, store } = this;
    if ('content' in one) await at.write(one.at, one.content);
    else if ('to' in one) {
      await rename(at.at(one.at), at.at(one.to));
      const place = (path: string) => ({ uri: at.uriOf(path), root: 'work', path });
      if (one.told) store.moveDocuments(place(one.at), place(one.to));
    } else if (!('settings' in one)) {
      await rm(at.at(one.at), { recursive: true, force: true });
      if (one.do === 'link') await symlink('b.txt', at.at(one.at));
    } else if ('at' in one)
      await this.run(one.settings, { start: one.at, ...(one.do === 'asked' ? { asked: true } : {}) });
    else if (one.do === 'check') await this.check(one.settings);
    else if (one.do === 'rescore')
      await rescoreKept(store, this.classifier, { set: setOf(one.settings), chunkTokens: null, wanted: () => true });
    else await this.run(one.settings, {}, one.do === 'cancel');
  }

  async run(written: Settings, part: { start?: string; asked?: true } = {}, cancel = false): Promise<void> {
    const roots = [{ uri: this.folder.uri, name: 'work', ...part }];
    const abort = new AbortController();
    const run = newRun(this.folder, this.store, this.classifier, {
      set: setOf(written),
      find: { roots, exclude: ['.index', ...written.exclude] },
      read: readOf(written),
      exclusive: part.asked !== true,
      signal: abort.signal,
      // Tags of the first batch are kept.
      ...(cancel
        ? {
            onDocuments: () => {
              abort.abort();
            },
          }
        : {}),
    });
    await run.start();
  }

  /** What the index then says is new, or another document than the one that has tags under the set. */
  async check(written: Settings): Promise<string[]> {
    const records = this.store.diskRecords(taskIdentity(setOf(written), null));
    const roots = [{ uri: this.folder.uri, name: 'work' }];
    const find = { roots, include: [], exclude: ['.index', ...written.exclude], ignoreCase: false };
    const options = { find, read: readOf(written), covered: records.covered() };
    const found: string[] = [];
    for await (const { added, touched, gone } of checkDisk(new NodeFileTree(), records, options)) {
      found.push(...added);
      for (const uri of [...touched, ...gone])
        if (this.store.details(uri, taskIdentity(setOf(written), null), null)) found.push(uri);
    }
    return found;
  }

  /** All that the index has under the set, but for numbers of rows. */
  rows(written: Settings) {
    const database = new DatabaseSync(this.store.file, { readOnly: true });
    const all = (sql: string) =>
      database
        .prepare(sql)
        .all(taskIdentity(setOf(written), null).hash)
        .map((row) => ({ ...row }));
    const documents = all(
      `SELECT d.uri, d.path, d.part, hex(c.hash) AS text, d.size, d.mtimeMs, d.reading, hex(d.runs) AS runs, d.given, d.parts,
         hex(s.hash) AS shown, hex(r.scores) AS scores FROM documents d LEFT JOIN contents c ON c.id = d.contentId
       LEFT JOIN assignments a ON a.documentId = d.id AND a.taskId = (SELECT id FROM tasks WHERE hash = ?)
       LEFT JOIN contents s ON s.id = a.contentId
       LEFT JOIN results r ON r.contentId = a.contentId AND r.taskId = a.taskId AND r.modelId = a.modelId ORDER BY d.uri`,
    );
    const skips = all(
      `SELECT uri, path, reason, detail, folder FROM skips WHERE taskId = (SELECT id FROM tasks WHERE hash = ?) ORDER BY uri`,
    );
    database.close();
    return { documents, skips };
  }
}

const setOf = (written: Settings) => sets[written.set === 0 ? 0 : 1];

function readOf({ split, read }: Settings) {
  const rules = splits[split === 0 ? 0 : split === 1 ? 1 : 2].map(namedRule);
  return { frontMatter: { key: 'tags', read }, splitOf: splitRules(rules) };
}

it('makes of any index what a first run makes', { timeout: 120_000 }, async () => {
  const at = await TempFolder.create();
  let number = 0;
  const world = async () => {
    const here = await TempFolder.create();
    const { store } = await TagStore.open(at.at(`${number++}.sqlite`));
    return new World(here, store);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), settings, async (steps, last) => {
      const used = await world();
      for (const one of steps) await used.take(one).catch(ignoreDisk);
      await used.run(last);
      const after = used.rows(last);
      expect(await used.check(last)).toEqual([]);
      const { store } = await TagStore.open(at.at(`${number++}.sqlite`));
      const first = new World(used.folder, store);
      await first.run(last);
      const wanted = first.rows(last);
      const known = new Set(wanted.documents.map(({ uri }) => uri));
      // The other set may still have tags of what is gone.
      const others = after.documents.filter(({ uri }) => !known.has(uri));
      expect(others.filter(({ shown }) => shown !== '')).toEqual([]);
      expect({ ...after, documents: after.documents.filter(({ uri }) => known.has(uri)) }).toEqual(wanted);
      used.store.close();
      store.close();
    }),
    { numRuns: 60 },
  );
});

/** Steps are drawn blindly: no file where one is to be moved, a folder in the way. */
function ignoreDisk(error: unknown): void {
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
}
