// The decisions of a window, over a real store.
import { expect, it, onTestFinished, vi } from 'vitest';
import type * as vscode from 'vscode';
import { acceptStep, rejectStep } from '../../../../src/core/review/steps';
import { Decisions } from '../../../../src/extension/review/decisions';
import type { LabelSets } from '../../../../src/extension/labels/labelSets';
import type { Reporter } from '../../../../src/extension/host/report';
import type { Config } from '../../../../src/extension/settings/config';
import { DecisionStore } from '../../../../src/workspace/decisions/decisionStore';
import { TempFolder } from '../../workspace/tempFolder';

const nothing = vi.hoisted(() => () => ({ dispose: () => undefined }));
vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = nothing;
    fire() {
      return undefined;
    }
    dispose() {
      return undefined;
    }
  },
  Uri: { joinPath: ({ fsPath }: vscode.Uri, name: string) => ({ fsPath: `${fsPath}/${name}` }) },
  window: { onDidChangeWindowState: nothing, state: { focused: false } },
  workspace: { onDidChangeWorkspaceFolders: nothing, workspaceFolders: undefined },
}));

async function opened() {
  let author = 'Ann';
  let tell: (names: readonly string[]) => void = () => undefined;
  const config = {
    get: () => author,
    decisionsFile: () => null,
    onDidChange: (listener: typeof tell) => {
      tell = listener;
      return nothing();
    },
  };
  const set = { name: 'set' };
  const decisions = new Decisions(
    { fsPath: (await TempFolder.create()).path } as unknown as vscode.Uri,
    { get: (_: string, otherwise: unknown) => otherwise } as unknown as vscode.Memento,
    { onDidChange: nothing, shown: () => set, read: () => ({ active: set }) } as unknown as LabelSets,
    config as unknown as Config,
    { error: () => undefined, silently: () => undefined } as unknown as Reporter,
  );
  onTestFinished(() => {
    decisions.dispose();
  });
  const name = (other: string) => {
    author = other;
    tell(['decisions.author']);
  };
  return { decisions, name };
}

const tag = (path: string) => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug' },
  textHash: '0a'.repeat(32),
});
const shown = async (decisions: Decisions) => (await decisions.all()).map((one) => `${one.by ?? ''} ${one.path}`);

it('loses no decision while the name of who decides changes', async () => {
  const { decisions, name } = await opened();
  await decisions.open();
  const many = decisions.decide(acceptStep(Array.from({ length: 2_000 }, (_, n) => tag(`${n}.md`))));
  // Asked for while the first is being written.
  await new Promise((resolve) => setImmediate(resolve));
  name('Ben');
  const next = decisions.decide(acceptStep([tag('next.md')]));
  expect([(await many).changed, (await next).changed]).toEqual([2_000, 1]);
  expect(await shown(decisions)).toEqual(expect.arrayContaining(['Ann 0.md', 'Ann 1999.md', 'Ben next.md']));
});

it('decides again once what was decided before can be read', async () => {
  const { decisions } = await opened();
  vi.spyOn(DecisionStore.prototype, 'decisions').mockImplementationOnce(() => {
    throw new Error('disk');
  });
  await expect(decisions.decide(acceptStep([tag('a.md')]))).rejects.toThrow('disk');
  expect(await decisions.decide(rejectStep([tag('a.md')]))).toMatchObject({ changed: 1 });
  expect(decisions.of(tag('a.md'), 'set')).toMatchObject([{ verdict: 'rejected' }]);
});
