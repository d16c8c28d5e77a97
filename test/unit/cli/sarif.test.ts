// SARIF logs against the standard's own schema, and what stands in them.
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import type { DocumentReport } from '../../../src/cli/tag/documentReport';
import { Findings, type FindingOptions } from '../../../src/cli/tag/findings';
import { SarifWriter } from '../../../src/cli/tag/formatSarif';
import type { FindingLevel } from '../../../src/core/labelSet';
import { labelSet } from '../workspace/labelSetOf';

const require = createRequire(import.meta.url);
const ajv = new Ajv({ schemaId: 'id', meta: false });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json') as object);
const isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: object; readonly region?: object } },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly object[];
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly originalUriBaseIds: object;
  readonly results: readonly Result[];
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly { readonly level: string }[] }];
}

const marks: Readonly<Record<string, FindingLevel>> = { 'security.secret': 'error', urgent: 'note' };
const base = labelSet(['security.secret', 'security.personal', 'urgent', 'praise']);
const set = {
  ...base,
  labels: base.labels.map((label) => {
    const finding = marks[label.name];
    return finding ? { ...label, finding, description: `about ${label.name}` } : label;
  }),
};
const folder = process.platform === 'win32' ? 'C:\\work' : '/work/a b';

function report(path: string, tags: DocumentReport['tags'], more: Partial<DocumentReport> = {}): DocumentReport {
  return { path, tags, scores: tags, given: [], passages: new Map(), ...more };
}

function logOf(reports: readonly DocumentReport[], options: FindingOptions = {}, skipped = [] as Skipped): Run {
  let text = '';
  const parts = {
    set,
    findings: new Findings(set, options),
    model: { name: 'm', hash: 'h' },
    version: '1.2.3',
    folder,
  };
  const writer = new SarifWriter((piece) => (text += piece), parts);
  for (const one of reports) writer.add(one);
  writer.end(skipped);
  const log = JSON.parse(text) as { readonly runs: readonly [Run] };
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  return log.runs[0];
}
type Skipped = Parameters<SarifWriter['end']>[0];

const tag = (label: string, score = 0.75) => ({ label, score, start: 4, end: 9 });
const passage = (text: string, line = 1) => {
  const place = {
    start: 4,
    end: 4 + text.length,
    first: { line, character: 0 },
    last: { line, character: text.length },
  };
  return { ...place, text };
};

describe('a SARIF log', () => {
  it('is checked by a schema that can say no', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
  });

  it('is one without results, too', () => {
    expect(logOf([])).toMatchObject({
      results: [],
      tool: { driver: { rules: [{ id: 'security.secret' }, { id: 'urgent' }] } },
    });
  });

  it('reports the findings alone, each with its rule, its level and its lines', () => {
    const passages = new Map([['security.secret', passage('key: 1 2')]]);
    const { results, tool } = logOf([
      report('notes/ü #1.md', [tag('praise', 0.9), tag('security.secret'), tag('security.personal')], { passages }),
      report('b.csv', [tag('urgent')], { part: 'row 3' }),
    ]);
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['security.secret', 'error'],
      ['urgent', 'note'],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results[0]?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'notes/%C3%BC%20%231.md', uriBaseId: '%SRCROOT%' },
      region: {
        ...{ startLine: 2, startColumn: 1, endLine: 2, endColumn: 9, charOffset: 4, charLength: 8 },
        snippet: { text: 'key: 1 2' },
      },
    });
    expect(results[1]).toMatchObject({ message: { text: 'row 3 is tagged “urgent” (score 0.75).' } });
    expect(results[1]?.locations[0].physicalLocation.region).toBeUndefined();
  });

  it('reports what --fail-on names as errors, where the set says nothing of them', () => {
    const { results } = logOf([report('a.md', [tag('security.personal'), tag('urgent')])], {
      failOn: ['security', 'urgent'],
    });
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['security.personal', 'error'],
      ['urgent', 'note'],
    ]);
  });

  it('holds rejected findings as suppressed', () => {
    const rejected = [
      { ...tag('urgent'), state: 'rejected' as const },
      { ...tag('praise'), state: 'rejected' as const },
    ];
    const { results } = logOf([report('a.md', [{ ...tag('security.secret'), state: 'accepted' }], { rejected })]);
    expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ['security.secret', undefined],
      ['urgent', [{ kind: 'external', status: 'accepted' }]],
    ]);
  });

  it('knows a finding again when its lines have moved, and not when its words are others', () => {
    const printOf = (path: string, text: string, line: number) =>
      logOf([report(path, [tag('urgent')], { passages: new Map([['urgent', passage(text, line)]]) })]).results[0]
        ?.partialFingerprints;
    const one = printOf('a.md', 'Now, please.', 1);
    expect(printOf('a.md', 'Now,\n please.', 40)).toEqual(one);
    for (const other of [printOf('a.md', 'Now!', 1), printOf('b.md', 'Now, please.', 1)])
      expect(other).not.toEqual(one);
  });

  it('names files of elsewhere by their whole address', () => {
    const { results } = logOf([report('../other/a.md', [tag('urgent')])]);
    expect(results[0]?.locations[0].physicalLocation.artifactLocation).toEqual({
      uri: process.platform === 'win32' ? 'file:///C:/other/a.md' : 'file:///work/other/a.md',
    });
  });

  it('says which files were skipped', () => {
    const { invocations } = logOf([], {}, [
      { path: 'a.bin', file: 'a.bin', reason: 'Not text', isFailure: false, isLeftOut: false },
      {
        path: 'b.csv: row 3',
        file: 'b.csv',
        reason: 'The model could not classify it',
        isFailure: true,
        isLeftOut: false,
      },
    ]);
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'note', message: { text: 'Not text.' } },
      { level: 'warning', locations: [{ physicalLocation: { artifactLocation: { uri: 'b.csv' } } }] },
    ]);
  });
});

describe('what fails a call', () => {
  const failedBy = (options: FindingOptions, ...labels: string[]) => {
    const findings = new Findings(set, options);
    findings.note(labels.map((label) => ({ label })));
    return findings.failed;
  };

  it('is a label, or one under a name', () => {
    expect(failedBy({ failOn: ['praise'] }, 'praise')).toBe(true);
    expect(failedBy({ failOn: ['security'] }, 'security.personal')).toBe(true);
    expect(failedBy({ failOn: ['security'] }, 'urgent', 'praise')).toBe(false);
    expect(failedBy({}, 'security.secret')).toBe(false);
  });

  it('is a finding of the level, or a graver one', () => {
    expect(failedBy({ failOnLevel: 'note' }, 'urgent')).toBe(true);
    expect(failedBy({ failOnLevel: 'warning' }, 'urgent')).toBe(false);
    expect(failedBy({ failOnLevel: 'warning' }, 'security.secret')).toBe(true);
    expect(failedBy({ failOnLevel: 'note' }, 'praise')).toBe(false);
    // Named for another reason, it has no level that the set gave it.
    expect(failedBy({ failOn: ['praise'], failOnLevel: 'error' }, 'security.secret')).toBe(true);
  });

  it('is told by label', () => {
    const findings = new Findings(set, { failOn: ['security', 'urgent'] });
    for (const label of ['security.secret', 'urgent', 'security.secret']) findings.note([{ label }]);
    expect(findings.summary).toBe('Found “security.secret” in 2 documents, “urgent” in 1 document.');
  });

  it('is no label that the set does not have', () => {
    expect(() => new Findings(set, { failOn: ['securty'] })).toThrow(
      'has no label “securty”. Did you mean “security”?',
    );
    expect(() => new Findings(set, { failOn: ['secret'] })).toThrow('has no label “secret”. ');
  });
});
