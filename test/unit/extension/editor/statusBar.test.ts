// The name of the label set in the status bar: it is anybody's text, and the bar is everybody's.
import { expect, test, vi } from 'vitest';
import { StatusBar } from '../../../../src/extension/editor/statusBar';

const item = { text: '', show: () => undefined };
const never = () => ({ dispose: () => undefined });

vi.mock('vscode', async () => ({
  ...(await import('../../../support/vscodeWords')),
  StatusBarAlignment: {},
  window: { createStatusBarItem: () => item, onDidChangeActiveTextEditor: () => undefined },
}));

test.each([
  ['work', '$(tag) work'],
  ['Everything that we ever wanted to know of our customers', '$(tag) Everything that we ever…'],
  ['$(trash) mine', '$(tag) $ (trash) mine'],
])('%s', (name, text) => {
  type Parts = ConstructorParameters<typeof StatusBar>;
  const parts: unknown = [
    { state: { state: 'idle', title: null, count: null, error: null }, onDidChange: never },
    { read: () => ({ active: { name, labels: [] }, problem: null }), onDidChange: never },
    { onDidChange: never, summary: () => undefined },
    {},
    { onDidWait: never, serverOf: () => null, waitingFor: () => null },
  ];
  new StatusBar(...(parts as Parts));
  expect(item.text).toBe(text);
});
