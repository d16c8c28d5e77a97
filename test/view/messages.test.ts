// Messages between host and page, parsed on both sides, and what the host keeps for a page that is made anew.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewHtml } from '../../src/extension/view/viewHtml';
import { ViewOutbox } from '../../src/extension/view/viewOutbox';
import { parseToView } from '../../src/shared/parseToView';
import { parseFromView, parseRowTarget } from '../../src/shared/parseViewMessages';
import type { FromView, ToView } from '../../src/shared/viewMessages';
import { doc, scoresOf } from '../unit/tree/treeFixtures';
import { state } from './pageHarness';

const standup = doc('notes/standup.md', [[0, 0.83]]);
const row = { webviewSection: 'score', documentId: standup.id, label: 0, folder: null, tagged: true } as const;
const labelsId = 'work';

describe('from the page', () => {
  const messages: readonly FromView[] = [
    { type: 'ready', group: 'folder', sort: 'default' },
    { type: 'ready', group: 'review', sort: 'newest' },
    { type: 'decide', act: 'accept', rows: [row, row], labelsId },
    { type: 'run', command: 'undoDecision' },
    { type: 'expand', id: 'file:///a' },
    { type: 'whatMoved', id: 'file:///a', label: 2 },
    { type: 'open', id: 'file:///a', label: null, toSide: false },
    { type: 'open', id: 'file:///a', label: 3, toSide: true },
    { type: 'run', command: 'tagWorkspace' },
    { type: 'focus', place: 'tree' },
    { type: 'active', row: null, labelsId },
    {
      type: 'active',
      row: { ...row, webviewSection: 'folder', documentId: null, label: null, folder: 'a/b' },
      labelsId,
    },
    { type: 'rowAct', command: 'tagAgain', row, labelsId },
  ];

  it.each(messages)('takes %o', (message) => {
    expect(parseFromView(structuredClone(message))).toEqual({ message });
  });

  it.each([
    null,
    'ready',
    {},
    { type: 'eval', code: '1' },
    { type: 'ready' },
    { type: 'ready', group: 'file', sort: 'name', more: 1 },
    { type: 'ready', group: 'all', sort: 'name' },
    { type: 'expand', id: '' },
    { type: 'whatMoved', id: 'a', label: null },
    { type: 'expand', id: 'x'.repeat(20_001) },
    { type: 'open', id: 'a', label: -1, toSide: false },
    { type: 'open', id: 'a', label: 1.5, toSide: false },
    { type: 'open', id: 'a', label: 1 },
    { type: 'run', command: 'workbench.action.quit' },
    { type: 'focus', place: 'yes' },
    { type: 'active', row: { ...row, webviewSection: 'window' }, labelsId },
    { type: 'active', row },
    { type: 'active', row: { ...row, more: 1 }, labelsId },
    { type: 'rowAct', command: 'excludeRow', row, labelsId },
    { type: 'decide', act: 'delete', rows: [row], labelsId },
    { type: 'decide', act: 'accept', rows: [row] },
    { type: 'decide', act: 'accept', rows: [row], labelsId: 7 },
    { type: 'decide', act: 'accept', rows: [], labelsId },
    { type: 'decide', act: 'accept', rows: [{ ...row, more: 1 }], labelsId },
    { type: 'rowAct', command: 'tagAgain', row: null, labelsId },
  ])('refuses %o', (value) => {
    expect(parseFromView(value)).toHaveProperty('problem');
  });

  it('names fields in the reason, never what is in them', () => {
    const secret = 'content of a document';
    for (const value of [{ type: secret }, { type: 'expand', id: 7, [secret]: 1 }, { type: 'run', command: secret }]) {
      expect(JSON.stringify(parseFromView(value))).not.toContain(secret);
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseFromView(value);
        parseRowTarget(value);
      }),
    );
  });

  it('takes the row that a menu passes, among things of the editor’s own', () => {
    expect(parseRowTarget({ ...row, webview: 'glitag.tags', preventDefaultContextMenuItems: true })).toEqual(row);
    for (const value of [undefined, {}, { ...row, label: -1 }, { ...row, documentId: 7 }, { fsPath: '/a' }])
      expect(parseRowTarget(value)).toBeUndefined();
  });
});

describe('to the page', () => {
  const messages: readonly ToView[] = [
    state,
    { ...state, labelSetName: null, modelName: null, problem: 'x', labels: [] },
    { type: 'documents', reset: true, documents: [standup, doc('x', [], { skipped: 'too large', taggedMs: 1 })] },
    { type: 'removed', ids: ['a'] },
    { type: 'details', id: 'a', scores: scoresOf(standup) },
    { type: 'moved', id: 'a', label: 0, before: 0.4, by: [{ title: 'b.md', carries: null, change: -0.1 }] },
    { type: 'progress', progress: null },
    { type: 'progress', progress: { done: 1, total: 2, documentsPerSecond: 3.5, secondsLeft: null, state: 'paused' } },
    {
      type: 'progress',
      progress: { done: 1, total: 2, documentsPerSecond: 3.5, secondsLeft: null, state: 'running', reason: 'why' },
    },
    { type: 'reveal', id: 'a' },
    { type: 'follow', id: 'a' },
    { type: 'group', by: 'label' },
    { type: 'group', by: 'review' },
    {
      type: 'documents',
      reset: false,
      documents: [
        {
          ...doc('x'),
          tags: [{ label: 0, score: 0.5, state: 'added', conflict: true, olderText: true }],
          rejected: [{ label: 1, score: 0.5, conflict: true }],
          noneFits: true,
        },
      ],
    },
    { type: 'details', id: 'a', scores: [{ ...scoresOf(standup)[0]!, decided: 'rejected' }] },
    { type: 'sort', by: 'score' },
    { type: 'sort', by: 'newest' },
    { type: 'command', command: 'collapseAll' },
  ];

  it.each(messages)('takes %o', (message) => {
    expect(parseToView(structuredClone(message))).toEqual(message);
  });

  it('refuses a message with any one field gone or of another type', () => {
    for (const message of messages) {
      for (const field of Object.keys(message)) {
        expect(parseToView({ ...message, [field]: Symbol('other') })).toBeNull();
        expect(parseToView(Object.fromEntries(Object.entries(message).filter(([name]) => name !== field)))).toBeNull();
      }
    }
  });

  it.each([
    { type: 'documents', reset: false, documents: [{ ...standup, tags: [{ label: 0, score: 1.2 }] }] },
    { type: 'documents', reset: false, documents: [{ ...standup, skipped: 1 }] },
    { type: 'documents', reset: false, documents: [{ ...standup, taggedMs: 'today' }] },
    { type: 'documents', reset: false, documents: [{ ...standup, given: [1] }] },
    { type: 'documents', reset: false, documents: [{ ...standup, inFile: 'yes' }] },
    { type: 'details', id: 'a', scores: [{ ...scoresOf(standup)[0], score: Number.NaN }] },
    { type: 'moved', id: 'a', label: 0, before: 0.4, by: [{ title: 'b.md', carries: null, change: Infinity }] },
    { ...state, labels: [{ name: 'a', path: [], threshold: 0.5 }] },
    { type: 'toString' },
  ])('refuses %o', (value) => {
    expect(parseToView(value)).toBeNull();
  });

  it('takes the steps that can be undone and redone, where they are told', () => {
    expect(parseToView({ ...state, undo: 'accept 3 tags', redo: null })).toMatchObject({ undo: 'accept 3 tags' });
    expect(parseToView({ ...state, undo: 3 })).toBeNull();
    expect(parseToView({ ...state, redo: ['accept'] })).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseToView(value)));
  });
});

describe('the outbox of the host', () => {
  interface Box {
    readonly outbox: ViewOutbox;
    readonly sent: ToView[];
    /** What the next messages are answered with. */
    delivered: boolean;
  }

  function box(): Box {
    const sent: ToView[] = [];
    const made: Box = {
      sent,
      delivered: true,
      outbox: new ViewOutbox(
        (message) => {
          sent.push(message);
          return Promise.resolve(made.delivered);
        },
        (error) => {
          throw error;
        },
      ),
    };
    return made;
  }

  const remembered = { group: 'folder', sort: 'name' } as const;
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const many = Array.from({ length: 12_000 }, (_, index) => doc(`${index}.md`));

  it('keeps everything until the page is ready, then sends it in chunks and in order', async () => {
    const { outbox, sent } = box();
    outbox.setGroup('label');
    outbox.setState(state);
    outbox.setDocuments(many, true);
    outbox.removeDocuments(['file:///0.md']);
    outbox.reveal('file:///1.md');
    outbox.reveal('file:///2.md');
    outbox.postCommand('filter');
    await settled();
    expect(sent).toEqual([]);
    outbox.ready(remembered);
    await settled();
    expect(sent.map((message) => message.type)).toEqual([
      'group',
      'state',
      'documents',
      'documents',
      'documents',
      'progress',
      'reveal',
      'command',
    ]);
    const chunks = sent.flatMap((message) => (message.type === 'documents' ? [message] : []));
    expect(chunks.map((chunk) => [chunk.reset, chunk.documents.length])).toEqual([
      [true, 5000],
      [false, 5000],
      [false, 1999],
    ]);
    expect(sent.find((message) => message.type === 'reveal')).toEqual({ type: 'reveal', id: 'file:///2.md' });
    expect(sent.every((message) => parseToView(message) !== null)).toBe(true);
  });

  it('sends everything again to a new page, but not what was asked of the old one', async () => {
    const { outbox, sent } = box();
    outbox.ready(remembered);
    outbox.setState(state);
    outbox.setDocuments([standup], false);
    outbox.reveal(standup.id);
    outbox.setDetails(standup.id, scoresOf(standup));
    await settled();
    outbox.gone();
    outbox.setDocuments([doc('new.md')], false);
    await settled();
    sent.length = 0;
    outbox.ready(remembered);
    await settled();
    expect(sent.map((message) => message.type)).toEqual(['state', 'documents', 'progress']);
    expect(sent[1]).toMatchObject({ reset: true, documents: [{ id: standup.id }, { title: 'new.md' }] });
  });

  it('tells every page which document the user is at, the last one only', async () => {
    const { outbox, sent } = box();
    outbox.follow('a');
    outbox.follow('b');
    outbox.ready(remembered);
    await settled();
    const followed = () => sent.flatMap((message) => (message.type === 'follow' ? [message.id] : []));
    expect(followed()).toEqual(['b']);
    outbox.gone();
    outbox.follow(null);
    outbox.ready(remembered);
    await settled();
    expect(followed()).toEqual(['b']);
  });

  it('lets the page keep its arrangement until the user chooses one', () => {
    const { outbox } = box();
    expect(outbox.ready(remembered)).toEqual(remembered);
    outbox.setGroup('label');
    expect(outbox.ready(remembered)).toEqual({ group: 'label', sort: 'name' });
  });

  it('stops at a page that does not get its messages', async () => {
    const made = box();
    made.outbox.ready(remembered);
    await settled();
    made.delivered = false;
    made.outbox.setDocuments(many, true);
    await settled();
    const stopped = made.sent.length;
    made.outbox.setDocuments(many, true);
    await settled();
    expect(made.sent.length).toBe(stopped);
    made.delivered = true;
    made.outbox.ready(remembered);
    await settled();
    expect(made.sent.length).toBeGreaterThan(stopped + 3);
  });

  it('takes a late answer of the page before for that page’s', async () => {
    const answers: ((delivered: boolean) => void)[] = [];
    const sent: ToView[] = [];
    const outbox = new ViewOutbox(
      (message) => {
        sent.push(message);
        return new Promise((resolve) => answers.push(resolve));
      },
      (error) => {
        throw error;
      },
    );
    outbox.ready(remembered);
    outbox.gone();
    outbox.ready(remembered);
    answers[0]?.(false);
    for (let turn = 0; turn < 5; turn++) {
      await settled();
      answers.at(-1)?.(true);
    }
    sent.length = 0;
    outbox.setState(state);
    expect(sent.map(({ type }) => type)).toEqual(['state']);
  });

  it('asks a later page for nothing that an earlier one did, and tells of documents that are all gone', async () => {
    const { outbox, sent } = box();
    outbox.reveal(standup.id);
    outbox.ready(remembered);
    await settled();
    expect(sent.map(({ type }) => type)).toContain('reveal');
    sent.length = 0;
    outbox.gone();
    outbox.ready(remembered);
    outbox.setDocuments([], true);
    await settled();
    expect(sent.map(({ type }) => type)).toEqual(['documents', 'progress', 'documents']);
    expect(sent.at(-1)).toEqual({ type: 'documents', reset: true, documents: [] });
  });

  it('replaces progress that was not sent yet', async () => {
    const { outbox, sent } = box();
    outbox.ready(remembered);
    for (let done = 0; done < 50; done++) {
      outbox.setProgress({ done, total: 50, documentsPerSecond: 1, secondsLeft: 1, state: 'running' });
    }
    await settled();
    const steps = sent.flatMap((message) => (message.type === 'progress' ? [message.progress?.done] : []));
    expect(steps.at(-1)).toBe(49);
    expect(steps.length).toBeLessThan(5);
  });
});

describe('the HTML of the page', () => {
  const assets = {
    cspSource: 'https://source.test',
    script: 'https://source.test/tags.js?a="&<',
    style: 'https://source.test/s.css',
  };

  it('allows one script by a new nonce, and styles and fonts of the extension', () => {
    const [first, second] = [viewHtml(assets), viewHtml(assets)];
    const nonceOf = (html: string) => /<script nonce="([^"]+)"/u.exec(html)?.[1] ?? '';
    expect(nonceOf(first)).toMatch(/^[A-Za-z0-9+/]{22}==$/u);
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    const page = new DOMParser().parseFromString(first, 'text/html');
    const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    expect(policy).toBe(
      `default-src 'none'; script-src 'nonce-${nonceOf(first)}'; style-src https://source.test; font-src https://source.test; base-uri 'none'; form-action 'none'`,
    );
    expect(page.querySelectorAll('script')).toHaveLength(1);
    expect(page.querySelector('script')?.getAttribute('src')).toBe(assets.script);
    expect(page.querySelectorAll('[style], style, [onclick], [onerror]')).toHaveLength(0);
  });
});
