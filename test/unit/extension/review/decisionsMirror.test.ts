// The team's file of a window, over a real file.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toLines } from '../../../../src/core/review/decisionLines';
import type { Decision } from '../../../../src/core/review/decision';
import type { Reporter } from '../../../../src/extension/host/report';
import type { Decisions } from '../../../../src/extension/review/decisions';
import { DecisionsMirror } from '../../../../src/extension/review/decisionsMirror';
import type { Config } from '../../../../src/extension/settings/config';
import { TempFolder } from '../../workspace/tempFolder';

const editor = vi.hoisted(() => ({ folder: '', fileChanged: (): void => undefined }));
vi.mock('vscode', () => ({
  Disposable: { from: () => ({ dispose: () => undefined }) },
  RelativePattern: class {
    readonly isStandIn = true;
  },
  workspace: {
    get workspaceFolders() {
      return [{ uri: { scheme: 'file', fsPath: editor.folder } }];
    },
    createFileSystemWatcher: () => ({
      onDidChange: (listener: () => void) => {
        editor.fileChanged = listener;
      },
      onDidCreate: () => undefined,
    }),
  },
}));

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

const decision = (path: string): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  ...{ verdict: 'accepted', textHash: '0a'.repeat(32), decidedMs: 1_000 },
});

it('what could not be written with its step is written when the file is looked at next', async () => {
  const folder = await TempFolder.create();
  editor.folder = folder.path;
  const tell: { opened: () => void; stepped: () => void } = { opened: () => undefined, stepped: () => undefined };
  const problems: unknown[] = [];
  let all: readonly Decision[] | null = [decision('a.md')];
  const decisions = {
    isWanted: true,
    onDidOpen: (listener: () => void) => (tell.opened = listener),
    onDidStep: (listener: () => void) => (tell.stepped = listener),
    all: () => (all ? Promise.resolve(all) : Promise.reject(new Error('in use'))),
    fileLines: () => Promise.resolve(new Set<string>()),
    noteFileLines: () => Promise.resolve(),
  };
  const reporter = { silently: (error: unknown) => error, error: (error: unknown) => problems.push(error) };
  new DecisionsMirror(
    decisions as unknown as Decisions,
    { decisionsFile: () => 'd.jsonl', onDidChange: () => undefined } as unknown as Config,
    reporter as unknown as Reporter,
  );
  const file = folder.at('d.jsonl');
  /** Lets the mirror do what it has put off, until that came to something. */
  const wait = async (isDone: () => boolean | Promise<boolean>) => {
    vi.runAllTimers();
    while (!(await isDone())) await new Promise((resolve) => setImmediate(resolve));
  };
  const holds = (text: string) => async () => existsSync(file) && (await readFile(file, 'utf8')) === text;
  tell.opened();
  await wait(holds(toLines([decision('a.md')])));
  all = null;
  tell.stepped();
  await wait(() => problems.length === 1);
  all = [decision('a.md'), decision('b.md')];
  editor.fileChanged();
  await wait(holds(toLines(all)));
  expect(problems).toMatchObject([{ message: 'in use' }]);
});
