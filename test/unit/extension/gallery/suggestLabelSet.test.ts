// What is said of a folder that has more files than are looked at.
import { expect, test, vi } from 'vitest';
import { suggestLabelSet, type SuggestParts } from '../../../../src/extension/gallery/suggestLabelSet';
import { collectNames, maxFiles } from '../../../../src/workspace/vocabulary/collectNames';

vi.mock('vscode', () => import('../../../support/vscodeWords'));
vi.mock('../../../../src/extension/workspace/runRoots', () => ({ workspaceRoots: () => [{ uri: 'mem:', name: 'w' }] }));
vi.mock('../../../../src/extension/workspace/runOptions', () => ({ findOptions: () => ({}) }));
vi.mock('../../../../src/workspace/vocabulary/collectNames', { spy: true });

test.each([false, true])('files left out are mentioned where there are some: %j', async (cut) => {
  vi.mocked(collectNames).mockResolvedValue({ names: [], files: maxFiles, cut });
  const notices: string[] = [];
  const run = (_kind: string, _title: string, act: (job: unknown) => unknown) => act({ signal: {} });
  const parts = {
    activity: { run },
    config: { get: () => 'tags' },
    reporter: { notice: (text: string) => notices.push(text) },
  } as unknown as SuggestParts;
  await suggestLabelSet(parts);
  expect(notices.filter((text) => text.startsWith('Only'))).toEqual(
    cut ? ['Only the first 20,000 files were looked at.'] : [],
  );
});
