// Deciding while the settings change.
import { expect, it, vi } from 'vitest';
import type { LabelSet } from '../../../../src/core/labelSet';
import type { DecisionStep } from '../../../../src/core/review/steps';
import { Deciding } from '../../../../src/extension/review/deciding';
import type { Decisions } from '../../../../src/extension/review/decisions';
import { RowSteps } from '../../../../src/extension/review/rowSteps';
import { documentRow, type Targets } from '../../../../src/extension/review/targets';
import type { LabelSets } from '../../../../src/extension/labels/labelSets';
import type { Reporter } from '../../../../src/extension/host/report';

const picked = vi.hoisted((): { meanwhile: () => void } => ({ meanwhile: () => undefined }));
vi.mock('vscode', async () => ({
  ...(await import('../../../support/vscodeWords')),
  window: {
    showQuickPick: (items: readonly unknown[]) => {
      picked.meanwhile();
      return Promise.resolve(items[0]);
    },
    setStatusBarMessage: () => undefined,
  },
}));

const set = (name: string, label: string) =>
  ({ name, labels: [{ name: label, path: [label] }] }) as unknown as LabelSet;

it.each(['while documents are looked for', 'while it is picked'])(
  'a label is one of the set in use at first, though another is %s',
  async (when) => {
    const place = { root: '', path: 'a.md', passage: null, textHash: '0a'.repeat(32) };
    const targets = {
      places: () => {
        if (when === 'while documents are looked for') change();
        return Promise.resolve([{ id: 'file:///a.md', place }]);
      },
      liveTagsOf: () => [],
    } as unknown as Targets;
    let shown = set('mail', 'bill');
    const labelSets = { shown: () => shown } as unknown as LabelSets;
    const change = () => {
      shown = set('notes', 'idea');
    };
    picked.meanwhile = change;
    const steps: DecisionStep[] = [];
    const decide = (step: DecisionStep) => {
      steps.push(step);
      return Promise.resolve({ title: step.title, changed: 1, kept: 0, documents: [] });
    };
    const decisions = { decide } as unknown as Decisions;
    const reporter = { done: () => undefined } as unknown as Reporter;
    const rowSteps = new RowSteps(targets, decisions, labelSets);
    await new Deciding(targets, rowSteps, decisions, labelSets, reporter).add([documentRow('file:///a.md')]);
    expect(steps.flatMap((step) => step.decisions)).toEqual([
      { ...place, set: 'mail', label: 'bill', verdict: 'added' },
    ]);
  },
);
