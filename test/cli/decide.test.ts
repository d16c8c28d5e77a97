// `glitag decide`, and what `glitag tag --decisions` makes of it, in processes of their own.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseReportData } from '../../src/shared/parseReportData';
import { documentsFolder } from './documentsFolder';
import { repository, runCli } from './runCli';

let folder: string;
beforeEach(() => {
  folder = documentsFolder();
});

/** Runs `glitag decide` with the labels of the fixtures; `file` is the decisions file. */
async function decide(args: readonly string[], file = 'd.jsonl', code = 0): Promise<string> {
  const all = ['decide', ...args, '--decisions', file, ...(args.includes('--set') ? [] : ['--labels', 'labels.json'])];
  const result = await runCli(all, folder);
  expect([result.code, code === 0 ? result.stderr : ''], result.stderr).toEqual([code, '']);
  return code === 0 ? result.stdout : result.stderr;
}

const list = (file?: string) => decide(['list'], file);
const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');

describe.each(['d.jsonl', 'd.sqlite'])('%s', (file) => {
  test('keeps what was decided, by file relative to the working directory', async () => {
    expect(await decide(['accept', 'kind.bug report', 'docs/crash.md', 'docs/praise.txt'], file)).toBe(
      'Accept 2 tags\n',
    );
    expect(
      await decide(['move', 'kind.bug report', 'kind.customer review', 'docs/praise.txt', '--by', 'Ann'], file),
    ).toBe('Move 1 tag to kind.customer review\n');
    expect(await decide(['add', 'mood.angry', 'docs/*.md'], file)).toBe('Add mood.angry\n');
    expect(await decide(['none', path.join(folder, 'docs/legal/nda.md')], file)).toBe('None fits\n');
    expect(await decide(['reject', 'mood.happy', 'docs/crash.md'], file)).toBe('Reject 1 tag\n');
    expect(await decide(['take-back', 'mood.happy', 'docs/crash.md'], file)).toBe('Take back 1 tag\n');
    expect(await list(file)).toBe(
      [
        'docs/crash.md  labels  accepted  kind.bug report',
        'docs/crash.md  labels  added  mood.angry',
        'docs/legal/nda.md  labels  none fits',
        'docs/praise.txt  labels  added  kind.customer review  (Ann)',
        'docs/praise.txt  labels  rejected  kind.bug report  (Ann)',
        '5 decisions\n',
      ].join('\n'),
    );
    expect(await decide(['list', 'docs/legal', '--json'], file)).toMatch(
      /^\{"path":"docs\/legal\/nda\.md","set":"labels","verdict":"none-fits","decided":"[^"]+","text":"[0-9a-f]{64}"\}\n$/,
    );
    fs.appendFileSync(path.join(folder, 'docs/legal/nda.md'), 'More.');
    expect(await list(file)).toContain('none fits  (older text)');
  });
});

test('lists what is in a file or folder with it, not what only begins alike, and no control characters', async () => {
  const line = (name: string) =>
    JSON.stringify({
      ...{ path: name, set: 'labels', label: 'mood.angry', verdict: 'accepted' },
      ...{ decided: '2026-11-28T05:20:00.000Z', text: 'ab'.repeat(32) },
    });
  const lines = [
    'docs/rows.csv#row-2',
    'docs/rows.csv/\u001b[2Jrow\n3',
    'docs/rows.csv.bak',
    'docs/rows.csv#/a.md',
  ].map(line);
  fs.writeFileSync(path.join(folder, 'd.jsonl'), `${lines.join('\n')}\n`);
  expect(await decide(['list', 'docs/rows.csv'])).toBe(
    [
      'docs/rows.csv#row-2  labels  accepted  mood.angry',
      'docs/rows.csv/ [2Jrow 3  labels  accepted  mood.angry',
      '2 decisions\n',
    ].join('\n'),
  );
});

test('steps in a SQLite file are undone and redone by name; JSON Lines keep none', async () => {
  await decide(['accept', 'kind.bug report', 'docs/crash.md'], 'd.sqlite');
  await decide(['reject', 'kind.bug report', 'docs/crash.md'], 'd.sqlite');
  expect(await decide(['undo'], 'd.sqlite')).toBe('Undone: reject 1 tag\n');
  expect(await list('d.sqlite')).toContain('accepted  kind.bug report');
  expect(await decide(['redo'], 'd.sqlite')).toBe('Done again: reject 1 tag\n');
  await decide(['undo'], 'd.sqlite');
  await decide(['undo'], 'd.sqlite');
  expect(await list('d.sqlite')).toBe('0 decisions\n');
  const { code, stdout } = await runCli(['decide', 'undo', '--decisions', 'd.sqlite'], folder);
  expect([code, stdout]).toEqual([1, 'There is nothing to undo.\n']);
  await decide(['accept', 'kind.bug report', 'docs/crash.md']);
  expect(await decide(['undo'], 'd.jsonl', 2)).toContain('keeps no steps');
});

test('commands at once lose nothing', async () => {
  const files = Array.from({ length: 4 }, (_, index) => `${index}.txt`);
  for (const file of files) fs.writeFileSync(path.join(folder, file), `text ${file}`);
  await Promise.all(files.map((file) => decide(['add', 'mood.happy', file])));
  expect(await list()).toContain('4 decisions');
});

test('two people’s files put together are one, and what they differ on is said', async () => {
  await decide(['accept', 'kind.bug report', 'docs/crash.md', '--by', 'Ann'], 'ann.jsonl');
  await decide(['reject', 'kind.bug report', 'docs/crash.md', '--by', 'Bob'], 'bob.jsonl');
  await decide(['none', 'docs/praise.txt', '--by', 'Bob'], 'bob.jsonl');
  fs.writeFileSync(path.join(folder, 'd.jsonl'), read('bob.jsonl') + read('ann.jsonl'));
  expect(await list()).toBe(
    [
      'docs/crash.md  labels  accepted  kind.bug report  (Ann, people differ)',
      'docs/crash.md  labels  rejected  kind.bug report  (Bob, people differ)',
      'docs/praise.txt  labels  none fits  (Bob)',
      '3 decisions, 1 on which people differ\n',
    ].join('\n'),
  );
  await decide(['reject', 'kind.bug report', 'docs/crash.md', '--by', 'Ann']);
  expect(await list()).toContain('2 decisions\n');
});

test('git merges two people’s decisions by itself', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], { cwd: folder });
  const commit = () => git('commit', '-aqm', 'x');
  git('init', '-q', '-b', 'ann');
  fs.writeFileSync(path.join(folder, '.gitattributes'), 'd.jsonl merge=union\n');
  await decide(['accept', 'kind.bug report', 'docs/crash.md', '--by', 'Cem']);
  git('add', '.gitattributes', 'd.jsonl');
  commit();
  git('checkout', '-qb', 'bob');
  await decide(['reject', 'kind.bug report', 'docs/crash.md', '--by', 'Bob']);
  await decide(['add', 'mood.happy', 'docs/praise.txt', '--by', 'Bob']);
  commit();
  git('checkout', '-q', 'ann');
  await decide(['accept', 'kind.bug report', 'docs/crash.md', '--by', 'Ann']);
  await decide(['add', 'mood.angry', 'docs/praise.txt', '--by', 'Ann']);
  commit();
  git('merge', '-q', 'bob', '-m', 'x');
  expect(await list()).toBe(
    [
      'docs/crash.md  labels  accepted  kind.bug report  (Ann, people differ)',
      'docs/crash.md  labels  rejected  kind.bug report  (Bob, people differ)',
      'docs/praise.txt  labels  added  mood.angry  (Ann)',
      'docs/praise.txt  labels  added  mood.happy  (Bob)',
      '4 decisions, 1 on which people differ\n',
    ].join('\n'),
  );
});

describe('glitag tag --decisions', () => {
  interface Tagged {
    readonly tags: readonly {
      readonly label: string;
      readonly score: number;
      readonly state?: string;
      readonly olderText?: true;
    }[];
    readonly rejected?: readonly { readonly label: string; readonly state: string }[];
    readonly scores: Readonly<Record<string, number>>;
  }

  async function tag(...args: string[]): Promise<Map<string, Tagged>> {
    const all = ['tag', '--format', 'jsonl', '--labels', 'labels.json', '--index', 'i.sqlite', ...args, 'docs'];
    const { code, stdout, stderr } = await runCli(all, folder);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Tagged & { path?: string });
    return new Map(lines.flatMap((line) => (line.path === undefined ? [] : [[line.path, line]])));
  }

  const states = (tagged: Tagged | undefined) => tagged?.tags.map(({ label, state }) => `${label} ${state ?? ''}`);

  test('says each tag’s state, and searches what is decided', async () => {
    const model = await tag();
    expect(model.get('docs/crash.md')?.tags[0]).not.toHaveProperty('state');
    expect(model.get('docs/crash.md')).not.toHaveProperty('rejected');
    expect(states(model.get('docs/crash.md'))).toContain('kind.bug report ');
    await decide(['accept', 'kind.bug report', 'docs/crash.md']);
    await decide(['move', 'kind.contract', 'kind.customer review', 'docs/legal/nda.md']);
    await decide(['none', 'docs/praise.txt']);
    const tagged = await tag('--decisions', 'd.jsonl');
    expect(states(tagged.get('docs/crash.md'))).toContain('kind.bug report accepted');
    expect(states(tagged.get('docs/legal/nda.md'))).toContain('kind.customer review added');
    expect(tagged.get('docs/legal/nda.md')?.rejected).toMatchObject([{ label: 'kind.contract', state: 'rejected' }]);
    expect(tagged.get('docs/praise.txt')?.tags).toEqual([]);
    expect([...(await tag('--decisions', 'd.jsonl', '--where', 'customer review')).keys()]).toEqual([
      'docs/legal/nda.md',
    ]);
    // Another set's decisions say nothing of this one.
    expect(states((await tag('--decisions', 'd.jsonl', '--set', 'other')).get('docs/crash.md'))).toContain(
      'kind.bug report proposed',
    );
    fs.renameSync(path.join(folder, 'docs/crash.md'), path.join(folder, 'docs/renamed.md'));
    expect(states((await tag('--decisions', 'd.jsonl')).get('docs/renamed.md'))).toContain('kind.bug report accepted');
    fs.renameSync(path.join(folder, 'docs/renamed.md'), path.join(folder, 'docs/crash.md'));
    fs.appendFileSync(path.join(folder, 'docs/crash.md'), '\nIt crashes every time.\n');
    const later = (await tag('--decisions', 'd.jsonl')).get('docs/crash.md');
    expect(later?.tags.find(({ label }) => label === 'kind.bug report')).toMatchObject({
      state: 'accepted',
      olderText: true,
    });
  });

  test('--learn: other files follow what was decided, label by label; edited files teach nothing', async () => {
    const scoresOf = async (...args: string[]) =>
      new Map(Object.entries((await tag(...args)).get('docs/praise.txt')?.scores ?? {}));
    await decide(['add', 'kind.customer review', 'docs/crash.md']);
    await decide(['reject', 'kind.contract', 'docs/crash.md', 'docs/legal/nda.md']);
    const before = await scoresOf('--decisions', 'd.jsonl');
    const after = await scoresOf('--decisions', 'd.jsonl', '--learn');
    expect(after.get('kind.customer review')).toBeGreaterThan(before.get('kind.customer review')!);
    expect(after.get('kind.contract')).toBeLessThan(before.get('kind.contract')!);
    expect(before.get('mood.angry')).toBeGreaterThan(0);
    expect(after.get('mood.angry')).toBe(before.get('mood.angry'));
    for (const name of ['crash.md', 'legal/nda.md']) fs.appendFileSync(path.join(folder, 'docs', name), '\nMore.\n');
    expect(await scoresOf('--decisions', 'd.jsonl', '--learn')).toEqual(before);
  });

  test('--learn without decisions says what to name', async () => {
    const { code, stderr } = await runCli(['tag', '--learn', 'docs'], folder);
    expect(code).not.toBe(0);
    expect(stderr).toContain('name a file with --decisions');
  });

  test('the tree and csv show them, too', async () => {
    await decide(['add', 'mood.angry', 'docs/crash.md']);
    await decide(['reject', 'kind.bug report', 'docs/crash.md']);
    const args = ['tag', '--labels', 'labels.json', '--decisions', 'd.jsonl', 'docs/crash.md'];
    expect((await runCli(args, folder)).stdout).toMatch(/angry\s+\(added\)/);
    const { stdout } = await runCli([...args, '--format', 'csv'], folder);
    expect(stdout).toContain('docs/crash.md,mood.angry,');
    expect(stdout).not.toContain('kind.bug report');
  });
});

describe('exchange', () => {
  const exchange = path.join(repository, 'test/fixtures/exchange');

  test('exports decided texts as training rows, and says what it leaves out', async () => {
    await decide(['accept', 'kind.bug report', 'docs/crash.md']);
    await decide(['reject', 'mood.happy', 'docs/crash.md']);
    await decide(['none', 'docs/praise.txt']);
    await decide(['add', 'mood.angry', 'docs/legal/nda.md']);
    fs.appendFileSync(path.join(folder, 'docs/legal/nda.md'), 'More.');
    const all = ['decide', 'export', '--decisions', 'd.jsonl', '--labels', 'labels.json'];
    const { code, stdout, stderr } = await runCli(all, folder);
    expect([code, stderr]).toEqual([
      0,
      'glitag: docs/legal/nda.md was decided on an older text.\nglitag: 2 texts exported.\n',
    ]);
    const [crash, praise] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(crash).toEqual({
      text: fs.readFileSync(path.join(folder, 'docs/crash.md'), 'utf8'),
      // “kind” is exclusive: the others of it are wrong.
      all_labels: ['kind.bug report', 'kind.contract', 'kind.customer review', 'mood.happy'],
      true_labels: ['kind.bug report'],
    });
    expect(praise).toMatchObject({ true_labels: [] });
    const confidence = await runCli([...all, '--confidence'], folder);
    expect(confidence.stdout).toContain('"true_labels":{"kind.bug report":1,"kind.contract":0,');
    fs.writeFileSync(path.join(folder, 'rows.jsonl'), stdout);
    const evaluated = await runCli(['evaluate', 'rows.jsonl', '--json'], folder);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ rows: 2 });
    // The same figures from weights of 1 and 0.
    fs.writeFileSync(path.join(folder, 'weighted.jsonl'), confidence.stdout);
    const weighted = await runCli(['evaluate', 'weighted.jsonl', '--json'], folder);
    expect(weighted.stdout.replaceAll('weighted.jsonl', 'rows.jsonl')).toBe(evaluated.stdout);
    // What was exported comes back on the same documents.
    expect(
      await decide(['import', 'rows.jsonl', '--documents', 'docs/crash.md', 'docs/praise.txt'], 'again.jsonl'),
    ).toBe('9 decisions on 2 texts imported\n');
    expect(await list('again.jsonl')).toContain('docs/crash.md  labels  added  kind.bug report\n');
  });

  test('imports another program’s labels in one step, once, with a report', async () => {
    const file = path.join(exchange, 'doccano.jsonl');
    expect(await decide(['import', file, '--by', 'Ann'], 'd.sqlite')).toBe(
      [
        '3 decisions on 2 texts imported',
        'not taken: line 2 marks passages, not the text as a whole',
        'not taken: line 3 has no labels',
        'not taken: line 4 has the text of line 1',
        'not taken: line 5 has labels that “labels” does not have: “kind.novel”\n',
      ].join('\n'),
    );
    expect(await list('d.sqlite')).toContain('import:doccano.jsonl:0-10  labels  added  mood.happy  (Ann)');
    const { code, stdout } = await runCli(
      ['decide', 'import', file, '--decisions', 'd.sqlite', '--labels', 'labels.json'],
      folder,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^0 decisions on 0 texts imported\nnot taken: line 1 has a text that was decided on before\n/,
    );
    expect(await decide(['undo'], 'd.sqlite')).toBe('Undone: import 3 decisions\n');
    expect(await list('d.sqlite')).toBe('0 decisions\n');
    expect(await decide(['import', 'nowhere.json'], 'd.sqlite', 2)).toMatch(
      /^glitag: nowhere\.json cannot be read: .*\n$/,
    );
  });
});

describe('one message for', () => {
  test.each([
    [
      'a label that the set does not have',
      ['accept', 'kind.bug raport', 'docs/crash.md'],
      'The label set “labels” has no label “kind.bug raport”. Did you mean “kind.bug report”?',
    ],
    ['a file that is not there', ['none', 'nowhere.md'], 'There is no file or folder nowhere.md. Check the path.'],
    ['a folder', ['none', 'docs'], 'docs is a folder. Name the files to decide on.'],
  ])('%s', async (_name, args, message) => {
    expect(await decide(args, 'd.jsonl', 2)).toBe(`glitag: ${message}\n`);
    expect(fs.existsSync(path.join(folder, 'd.jsonl'))).toBe(false);
  });

  test('a file that is no text', async () => {
    expect(await decide(['none', 'docs/blob.bin'], 'd.jsonl', 1)).toMatch(
      /^glitag: docs\/blob\.bin cannot be decided on: .+\n$/,
    );
  });

  test('a decisions file of another kind, a broken one, and one in the middle of a merge', async () => {
    expect(await decide(['none', 'docs/crash.md'], 'd.txt', 2)).toBe(
      'glitag: --decisions d.txt: name it .jsonl (JSON Lines, to commit and merge) or .sqlite (with undo).\n',
    );
    fs.writeFileSync(path.join(folder, 'd.jsonl'), '{"path":"a.md"}\n');
    expect(await decide(['none', 'docs/crash.md'], 'd.jsonl', 1)).toMatch(
      /d\.jsonl cannot be used\. Line 1 has no “verdict”.*\n$/,
    );
    fs.writeFileSync(path.join(folder, 'd.jsonl'), '<<<<<<< HEAD\n=======\n>>>>>>> b\n');
    const { code, stderr } = await runCli(['tag', '--decisions', 'd.jsonl', 'docs'], folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^glitag: The decisions file d\.jsonl cannot be used\. Line 1: a merge was left unfinished.*\n$/,
    );
    expect(read('d.jsonl')).toBe('<<<<<<< HEAD\n=======\n>>>>>>> b\n');
  });

  test('a set by its name takes any label', async () => {
    expect(await decide(['add', 'anything', 'docs/crash.md', '--set', 'mine'])).toBe('Add anything\n');
    expect(await list()).toContain('docs/crash.md  mine  added  anything');
  });
});

describe('evaluate --decisions', () => {
  const evaluate = (...args: readonly string[]) =>
    runCli(['evaluate', '--decisions', 'd.jsonl', '--labels', 'labels.json', ...args], folder);

  test('measures on decided files, of these paths alone where some are named', async () => {
    await decide(['accept', 'kind.bug report', 'docs/crash.md']);
    await decide(['reject', 'mood.angry', 'docs/crash.md']);
    await decide(['none', 'docs/legal/nda.md']);
    const html = path.join(folder, 'r.html');
    const { code, stdout, stderr } = await evaluate('--json', '--html', 'r.html');
    expect([code, stderr]).toEqual([0, '']);
    const [, json] = /id="report-data">(.*?)<\/script>/u.exec(fs.readFileSync(html, 'utf8')) ?? [];
    const report = parseReportData(JSON.parse(json ?? ''));
    expect(report).toMatchObject({ title: 'd.jsonl', labelSetName: 'labels', proposal: null });
    expect(report?.rows.map(({ place, truth }) => [place, truth.map((one) => report.labels[one])])).toEqual([
      ['docs/crash.md', ['kind.bug report']],
      ['docs/legal/nda.md', []],
    ]);
    expect(report?.notes[0]).toMatch(/^Only labels that somebody decided on count/);
    const scores = new Float32Array(new Uint8Array(Buffer.from(report?.scores ?? '', 'base64')).buffer);
    const asked = (row: number) => report?.labels.filter((_, at) => scores[row * report.labels.length + at]! >= 0);
    expect(asked(0)).toContain('mood.angry');
    expect(asked(0)).not.toContain('mood.happy');
    expect(asked(1)).toEqual(report?.labels);
    expect((JSON.parse(stdout) as { rows: number }).rows).toBe(2);
    const one = await evaluate('docs/legal', '--json');
    expect((JSON.parse(one.stdout) as { rows: number }).rows).toBe(1);
  });

  test('--learn: each file is judged by what was decided on the others', async () => {
    const scores = async (...args: readonly string[]) => {
      const { code, stderr } = await evaluate('--html', 'r.html', ...args);
      expect([code, stderr]).toEqual([0, '']);
      const [, json] = /id="report-data">(.*?)<\/script>/u.exec(read('r.html')) ?? [];
      const report = parseReportData(JSON.parse(json ?? ''))!;
      const all = new Float32Array(new Uint8Array(Buffer.from(report.scores, 'base64')).buffer);
      const column = report.labels.indexOf('kind.customer review');
      const of = (file: string) =>
        all[report.rows.findIndex(({ place }) => place === `docs/${file}`) * report.labels.length + column]!;
      return { notes: report.notes, of };
    };
    await decide(['reject', 'kind.customer review', 'docs/praise.txt']);
    const written = await scores();
    const alone = await scores('--learn');
    expect(alone.of('praise.txt')).toBe(written.of('praise.txt'));
    expect(alone.notes[0]).toBe('Scores are those that each document has by the decisions on all other documents.');
    await decide(['add', 'kind.customer review', 'docs/crash.md']);
    const both = await scores('--learn');
    expect(both.of('praise.txt')).toBeGreaterThan(written.of('praise.txt'));
    // As `glitag tag` has it when only the other file was decided on.
    await decide(['take-back', 'kind.customer review', 'docs/praise.txt']);
    const tagged = await runCli(
      ['tag', '--labels', 'labels.json', '--decisions', 'd.jsonl', '--learn', '--format', 'json', 'docs/praise.txt'],
      folder,
    );
    const [document] = (JSON.parse(tagged.stdout) as { documents: { scores: Record<string, number> }[] }).documents;
    expect(both.of('praise.txt')).toBeCloseTo(document!.scores['kind.customer review']!, 3);
    const { code, stderr } = await runCli(['evaluate', 'data.jsonl', '--learn'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--learn goes with --decisions')]);
  });

  test('leaves out what was edited since, and says what is missing for a proposal', async () => {
    await decide(['accept', 'kind.bug report', 'docs/crash.md']);
    await decide(['none', 'docs/praise.txt']);
    fs.appendFileSync(path.join(folder, 'docs/praise.txt'), 'More.');
    const { stdout, stderr } = await evaluate('--propose-thresholds');
    expect(stderr).toBe('glitag: docs/praise.txt is left out: it was decided on an older text.\n');
    expect(stdout).toMatch(/no thresholds are proposed: there is too little\. Missing: 14 true labels, /);
    const none = await evaluate('--set', 'others');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('d.jsonl holds no decisions under “others”')]);
  });
});

test('evaluate asks for data or decisions', async () => {
  const { code, stderr } = await runCli(['evaluate'], folder);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('Name a file with texts and labels, or --decisions FILE.'),
  ]);
});
