// Messages as the editor gets them: what is a stranger's in them does nothing.
import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Reporter } from '../../../../src/extension/host/report';
import { AppError } from '../../../../src/shared/errors';

const shown: string[] = [];

vi.mock('vscode', () => {
  const show = (message: string) => {
    shown.push(message);
    return Promise.resolve(undefined);
  };
  return {
    l10n: { t: (text: string) => text },
    window: { showErrorMessage: show, showInformationMessage: show },
  };
});

beforeEach(() => {
  shown.length = 0;
});

test('a link that is written into the name of a label or a file is text in every kind of message', async () => {
  const log = { info: () => undefined, error: () => undefined, debug: () => undefined };
  const reporter = new Reporter(log as unknown as vscode.LogOutputChannel);
  const hostile = '“[Open Settings](command:workbench.action.quit)” and [more](https://example.org)';
  reporter.error(new AppError('input-invalid', hostile));
  reporter.notice(hostile);
  reporter.notice(hostile, { title: 'Tag Workspace', id: 'glitag.tagWorkspace' });
  await reporter.offer(hostile, 'Move');
  expect(shown).toEqual(
    Array(4).fill('“[Open Settings] (command:workbench.action.quit)” and [more] (https://example.org)'),
  );
});
