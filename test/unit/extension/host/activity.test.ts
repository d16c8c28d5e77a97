// Which work the editor draws a progress line for.
import { expect, test, vi } from 'vitest';
import { Activity } from '../../../../src/extension/host/activity';

const lines: string[] = [];

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly fire = () => undefined;
  },
  commands: { executeCommand: () => Promise.resolve() },
  window: {
    withProgress: ({ title }: { readonly title: string }, work: () => Promise<unknown>) => {
      lines.push(title);
      return work();
    },
  },
}));

test('a run over folders has its own line in the page, and no second one over it', async () => {
  const activity = new Activity();
  expect(await activity.run('running', 'Tagging the workspace', () => Promise.resolve(1))).toBe(1);
  expect(await activity.run('working', 'Finding passages', () => Promise.resolve(2))).toBe(2);
  expect(lines).toEqual(['Finding passages']);
  await expect(activity.run('running', 'Tagging a folder', () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  expect(activity.state.error?.message).toBeDefined();
  expect(activity.state.state).toBe('idle');
});
