// What the empty view says where documents have tags, but of other labels than those in use.
import { expect, it } from 'vitest';
import { PageHarness, state } from './pageHarness';

const text = (): string => document.querySelector('.welcome')?.textContent ?? '';
const buttons = (): (string | null)[] =>
  [...document.querySelectorAll('.welcome button')].map((one) => one.textContent);

it('says that a run brings the tags back without reading the texts', () => {
  const page = new PageHarness();
  page.send(state);
  expect(text()).toContain('Nothing tagged yet');
  page.send({ ...state, taggedOtherwise: { documents: 38, textsKept: true } });
  expect(text()).toContain(
    '38 documents have tags of other labels. Tag the workspace to score them under “work”; their texts need not be read again.',
  );
  expect(buttons()).toEqual(['Tag Workspace', 'Tag Selection', 'Change']);
  document.querySelector<HTMLElement>('.welcome button')?.click();
  expect(page.taken('run')).toEqual([{ type: 'run', command: 'tagWorkspace' }]);
});

it('offers as the main thing what can be done now', () => {
  const page = new PageHarness();
  page.send(state);
  expect(buttons()).toEqual(['Tag Selection', 'Tag Workspace', 'Change']);
  page.send({ ...state, editorOpen: false, folderOpen: true });
  expect(buttons()).toEqual(['Tag Workspace', 'Change']);
  expect(document.querySelector('.welcome button')?.className).toBe('action');
  page.send({ ...state, editorOpen: true, folderOpen: false });
  expect(buttons()).toEqual(['Tag Selection', 'Change']);
  page.send({ ...state, editorOpen: false, folderOpen: false });
  expect(buttons()).toEqual(['Change']);
  expect(text()).toContain('Open a document, or a folder of them, to tag it.');
});

it('does not promise that where nothing is kept of the texts', () => {
  const page = new PageHarness();
  page.send({ ...state, taggedOtherwise: { documents: 1, textsKept: false } });
  expect(text()).toContain('1 document has tags of other labels. Tag the workspace to score it under “work”.');
  expect(text()).not.toContain('read again');
});

it('leaves that to the run while one goes on', () => {
  const page = new PageHarness();
  page.send({ ...state, taggedOtherwise: { documents: 38, textsKept: true } });
  const progress = { done: 0, total: 38, documentsPerSecond: 0, secondsLeft: null, state: 'running' } as const;
  page.send({ type: 'progress', progress });
  expect(text()).toBe('The first tags appear in a moment.');
});

it('says where texts go, and promises that they stay only where they do', () => {
  const page = new PageHarness();
  const stays = 'no text leaves it';
  page.send(state);
  expect(text()).toContain(stays);
  const far = { ...state, server: 'https://gpu.example:8000/gliclass' };
  page.send(far);
  expect(text()).toContain('Texts are sent to https://gpu.example:8000/gliclass.');
  expect(text()).not.toContain(stays);
  page.send({ ...far, taggedOtherwise: { documents: 38, textsKept: false } });
  expect(text()).toContain('Texts are sent to https://gpu.example:8000/gliclass.');
});
