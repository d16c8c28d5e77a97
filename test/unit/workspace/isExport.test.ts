// What GLiTag wrote tags into is known again, whichever of its two programs wrote it; what only looks a little like it is a document.
import { describe, expect, it } from 'vitest';
import { csvHeader, csvRows } from '../../../src/cli/tag/formatCsv';
import { documentJson, JsonWriter } from '../../../src/cli/tag/formatJson';
import { Findings } from '../../../src/cli/tag/findings';
import { SarifWriter } from '../../../src/cli/tag/formatSarif';
import type { DocumentReport } from '../../../src/cli/tag/documentReport';
import type { Decision } from '../../../src/core/review/decision';
import { toLines } from '../../../src/core/review/decisionLines';
import { exportDocuments, exportFormats } from '../../../src/workspace/export/exports';
import { isExport } from '../../../src/workspace/export/isExport';
import type { ExportDocument } from '../../../src/workspace/types';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const tags = [{ label: 'bug "report"', score: 0.75, start: 0, end: 4 }];
const documents: ExportDocument[] = [
  { uri: 'file:///a', root: 'work', path: 'say "hi".md', stale: false, tags: [], scores: tags },
  { uri: 'file:///b', root: 'work', path: 'b.md', part: 'row 2', given: ['todo'], stale: true, tags, scores: tags },
];

async function exported(format: (typeof exportFormats)[number], all = documents): Promise<string> {
  let text = '';
  for await (const part of exportDocuments(all, format)) text += part;
  return text;
}

describe('isExport', () => {
  it.each(exportFormats)('knows an export as %s, also with other line ends', async (format) => {
    const text = await exported(format);
    expect(isExport(text)).toBe(true);
    expect(isExport(text.replaceAll('\n', '\r\n'))).toBe(true);
    expect(isExport(` ${text}`)).toBe(false);
  });

  it('knows what the command line prints', () => {
    const report: DocumentReport = {
      path: 'b "c".md',
      part: 'row 2',
      tags,
      scores: tags,
      given: ['todo'],
      passages: new Map(),
    };
    expect(isExport(csvHeader() + csvRows(report))).toBe(true);
    expect(isExport(`${JSON.stringify(documentJson(report))}\n`)).toBe(true);
    expect(isExport(`${JSON.stringify(documentJson({ ...report, tags: [] }))}\n`)).toBe(true);
    let sarif = '';
    const findings = new Findings(labelSet(), { failOn: [labelSet().labels[0]!.name] });
    const parts = { set: labelSet(), findings, model: { name: 'm', hash: 'h' }, version: '1.0.0', folder: '/a' };
    new SarifWriter((text) => (sarif += text), parts).end([]);
    expect(isExport(sarif)).toBe(true);
    expect(isExport(sarif.replaceAll('GLiTag', 'Another'))).toBe(false);
    let json = '';
    const head = { model: 'm', modelHash: 'h', labelSet: 'set' };
    new JsonWriter((text) => (json += text), head).add(report);
    expect(isExport(json)).toBe(true);
  });

  it('knows a file of decisions', () => {
    const decision: Decision = {
      ...{ root: '', path: 'b "c".md', passage: null, set: 'set', label: 'bug "report"' },
      ...{ verdict: 'accepted', textHash: '0a'.repeat(32), decidedMs: 1_000, by: 'Ann' },
    };
    const passage = { start: 2, end: 5, exact: 'a "b', prefix: '', suffix: '\n' };
    const none: Decision = { ...decision, label: null, verdict: 'none-fits' };
    const long = { ...passage, exact: 'a "b'.repeat(10_000) };
    const quoted = [passage, long].map((one) => ({ ...decision, passage: one }));
    for (const one of [decision, none, ...quoted, { ...decision, root: 'work', passage }])
      expect(isExport(toLines([one]))).toBe(true);
  });

  it.each([
    ['a CSV with other columns', 'path,label\na,b\n'],
    ['a table of documents', '| Document | Tags |\n| --- | --- |\n| a | b |\n'],
    ['JSON Lines with a path', '{"path":"a.md","tags":["x"]}\n'],
    ['a note on exports', 'folder, path, label'],
  ])('takes %s for a document', (_, text) => {
    expect(isExport(text)).toBe(false);
  });
});

it('a run leaves its own exports out, and says so', async () => {
  const folder = await TempFolder.create({ 'a.md': 'text a' });
  for (const format of exportFormats) await folder.write(`tags.${format}`, await exported(format));
  const store = await openStore(folder);
  const reasons: string[] = [];
  const run = newRun(folder, store, new FakeClassifier(), {
    onSkips: (skips) => reasons.push(...skips.filter(({ folder }) => !folder).map(({ reason }) => reason)),
  });
  expect(await run.start()).toMatchObject({ classified: 1 });
  expect(reasons).toEqual(['export', 'export', 'export']);
  expect(Object.keys(await shown(store))).toEqual(['a.md']);
});
