// Names, labels and messages that are no text but an attack, on the page.
import { describe, expect, it } from 'vitest';
import { doc } from '../unit/tree/treeFixtures';
import { PageHarness, state } from './pageHarness';

describe('hostile text', () => {
  const markup = '<img src=x onerror="globalThis.hacked=true"><script>globalThis.hacked=true</script>';
  const hostile = [
    doc(`${markup}.md`, [[0, 0.9]]),
    doc('notes/\u202Egpj.exe', [[1, 0.9]]),
    doc(`long/${'x'.repeat(10_000)}`, [[2, 0.9]]),
    doc('skipped.md', [], { skipped: markup }),
    doc('given.md', [], { given: [markup, 'x'.repeat(10_000)] }),
    doc('\u0645\u0644\u0641.md'),
  ];

  it('stays text in every row, name and hover', () => {
    const page = new PageHarness();
    const name = `topic.${markup}`;
    const labels = [
      { name, path: ['topic', markup], threshold: 0.5 },
      { name: 'a\u202Eb', path: ['a\u202Eb'], threshold: 0.5 },
      { name: 'L'.repeat(10_000), path: ['L'.repeat(10_000)], threshold: 0.5 },
    ];
    page.send({ ...state, labels, exclusive: [], labelSetName: markup, problem: markup });
    page.send({ type: 'documents', reset: true, documents: hostile });
    for (const by of ['file', 'folder', 'label', 'review'] as const) {
      page.send({ type: 'group', by });
      for (let step = 0; step < 40; step++) {
        page.key('ArrowRight');
        page.key('ArrowDown');
        for (const { id } of page.taken('expand')) {
          const scores = labels.map((_, label) => ({
            label,
            score: 0.9,
            tag: true,
            evidence: markup,
            startLine: 1,
            endLine: 1,
          }));
          page.send({ type: 'details', id, scores });
        }
      }
    }
    expect(document.querySelectorAll('img, script')).toHaveLength(0);
    expect((globalThis as { hacked?: boolean }).hacked).toBeUndefined();
    expect(document.body.textContent).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
    expect(document.body.textContent).toContain('[U+202E]');
    expect(Math.max(...page.names.map((one) => one.length))).toBeLessThanOrEqual(601);
    expect(document.body.textContent.length).toBeLessThan(40_000);
    const styles = [...document.querySelectorAll('[style]')].map((one) => one.getAttribute('style') ?? '');
    expect(styles.length).toBeGreaterThan(0);
    expect(styles.filter((style) => !/^[-\w:%.; ]*$/u.test(style))).toEqual([]);
  });

  it('shows the name of a file whose direction is reversed as it is', () => {
    const page = new PageHarness();
    page.fill(hostile);
    expect(page.item('notes/[U+202E]gpj.exe').querySelector('bdi')).not.toBeNull();
  });

  it('gives context menus valid data', () => {
    const page = new PageHarness();
    page.fill(hostile);
    for (const item of page.items) {
      expect(JSON.parse(item.getAttribute('data-vscode-context') ?? '')).toMatchObject({ webviewSection: 'document' });
    }
  });
});
