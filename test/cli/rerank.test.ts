// `glitag rerank` with the real embedded model, as a process.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents, labels, repository, runCli } from './runCli';

let elsewhere: string;
beforeAll(() => {
  elsewhere = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-rerank-')));
  fs.cpSync(documents, path.join(elsewhere, 'documents'), { recursive: true });
});
afterAll(() => {
  fs.rmSync(elsewhere, { recursive: true, force: true });
});

interface Printed {
  readonly model: string;
  readonly results: readonly {
    readonly id?: string | number;
    readonly path?: string;
    readonly line?: number;
    readonly start?: number;
    readonly end?: number;
    readonly score: number;
    readonly text: string;
  }[];
}

const rerank = (args: readonly string[], input?: string) =>
  runCli(['rerank', ...args], elsewhere, input === undefined ? {} : { input });
const question = 'a program crashes when a file is empty';

describe('files', () => {
  test('prints the passages nearest to the question, with their places in the files', async () => {
    const { code, stdout } = await rerank([question, 'documents', '--json', '--top', '3']);
    expect(code).toBe(0);
    const { model, results } = JSON.parse(stdout) as Printed;
    expect(model).toBe('glitag-small-en');
    expect(results[0]).toMatchObject({ path: path.join('documents', 'crash.md'), line: 1 });
    expect(results.length).toBeLessThanOrEqual(3);
    expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).sort((a, b) => b - a));
    for (const { path: file = '', start, end, text } of results)
      expect(fs.readFileSync(path.join(elsewhere, file), 'utf8').slice(start, end)).toBe(text);
  });

  test('prints a line a passage that terminals can open, with the headings above it', async () => {
    const { stdout } = await rerank([question, 'documents', '--top', '1']);
    expect(stdout).toMatch(/^documents[/\\]crash\.md:1: \.\d\d Import crashes when the CSV file is empty · .+\n$/u);
  });

  test('takes the documents whose tags match', async () => {
    const { code, stdout } = await rerank([
      question,
      'documents',
      '--labels',
      labels,
      '--where',
      '@label:contract',
      '--json',
    ]);
    expect(code).toBe(0);
    const { results } = JSON.parse(stdout) as Printed;
    expect(new Set(results.map(({ path: file }) => file))).toEqual(
      new Set([path.join('documents', 'legal', 'nda.md')]),
    );
  });

  test('lets a model without vectors read what those of the embedded model choose, and its own tags match', async () => {
    const model = path.join(repository, 'test/golden/models/uni-bert-first-simple');
    const args = [question, 'documents', '--model', model, '--index', 'uni.sqlite', '--json'];
    const { code, stdout, stderr } = await rerank([...args, '--where', '@path:nda']);
    expect([code, stderr]).toEqual([0, '']);
    const { model: name, results } = JSON.parse(stdout) as Printed;
    expect(name).toBe('uni-bert-first-simple');
    expect(new Set(results.map(({ path: file }) => file))).toEqual(
      new Set([path.join('documents', 'legal', 'nda.md')]),
    );
    // What another model read for its vectors is none of the tags that the index has.
    const tagged = await runCli(
      ['tag', 'documents', '--model', model, '--index', 'uni.sqlite', '--format', 'json'],
      elsewhere,
    );
    expect(JSON.parse(tagged.stdout)).toMatchObject({ stats: { classified: 0, reused: 3 } });
  });

  test('asks the index for what it knows, and the disk for what files say now', async () => {
    const args = [question, 'documents', '--index', 'i.sqlite', '--json', '--top', '1'];
    const before = JSON.parse((await rerank(args)).stdout) as Printed;
    expect(JSON.parse((await rerank(args)).stdout)).toEqual(before);
    fs.appendFileSync(
      path.join(elsewhere, 'documents', 'praise.txt'),
      '\n\nThe program crashes each time the file is empty: a file of zero bytes ends it.\n',
    );
    const after = JSON.parse((await rerank(args)).stdout) as Printed;
    expect(after.results[0]).toMatchObject({ path: path.join('documents', 'praise.txt') });
  });

  test('says what is wrong with the command line', async () => {
    const wrong = await Promise.all([
      rerank([question]),
      rerank([' ', 'documents']),
      rerank([question, 'nowhere']),
      rerank([question, 'documents', '--input', 'x.jsonl']),
      rerank([question, '--input', 'x.jsonl']),
      rerank([question, '-', '--where', 'contract'], ''),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(wrong.map(({ stderr }) => stderr.trim())).toEqual([
      'glitag: Name files or folders, or lines with --input; - reads standard input.',
      'glitag: The query is empty. Ask something.',
      'glitag: There is no file or folder nowhere. Check the path.',
      'glitag: Name either files and folders, or --input.',
      'glitag: x.jsonl is no file that can be read. Check the path of --input; - is standard input.',
      'glitag: --where is for files and folders. Leave it out with --input.',
    ]);
    expect((await rerank([question, path.join('documents', 'blob.bin')])).code).toBe(1);
  });
});

describe('lines', () => {
  const lines = [
    '{"id":1,"text":"The driver was friendly and on time.","big":12345678901234567890}',
    'no JSON',
    '{"id":"b","text":"The import worker crashes on an empty file.","score":3.5,"title":"Crash"}',
    '{"id":"c","text":"This agreement is governed by the laws of Germany."}',
  ].join('\n');

  test('gives the lines of a pipe back as they were, best first, with a score', async () => {
    const { code, stdout, stderr } = await rerank([question, '-', '--json', '--top', '2'], lines);
    expect([code, stderr]).toEqual([0, 'glitag: standard input: line 2: The line is not valid JSON.\n']);
    const { results } = JSON.parse(stdout) as Printed;
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({ id: 'b', title: 'Crash' });
    expect(results[0]?.score).toBeLessThan(1);
    const all = await rerank([question, '-', '--json'], lines);
    expect(all.stdout).toContain('"big":12345678901234567890,"score":0.');
  });

  test('orders the matches of ripgrep', async () => {
    const match = (file: string, line: number, text: string) =>
      JSON.stringify({
        type: 'match',
        data: { path: { text: file }, lines: { text }, line_number: line, submatches: [] },
      });
    fs.writeFileSync(
      path.join(elsewhere, 'found.jsonl'),
      [
        '{"type":"begin","data":{"path":{"text":"a.md"}}}',
        match('a.md', 4, 'The file with the prices is attached.\n'),
        match('b.md', 9, 'An empty file makes the program crash.\n'),
      ].join('\n'),
    );
    const { code, stdout } = await rerank([question, '--input', 'found.jsonl']);
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(0, 7))).toEqual(['b.md:9:', 'a.md:4:', '']);
  });

  // Windows has no signal that a process could send.
  test.skipIf(process.platform === 'win32')('promises nothing that it does not keep when it is stopped', async () => {
    const { code, stdout, stderr } = await runCli(['rerank', question, '-'], elsewhere, {
      input: 'no JSON\n'.repeat(5_000),
      interrupt: true,
    });
    expect([code, stdout, stderr.split('\n').slice(-2)]).toEqual([130, '', ['glitag: Stopped.', '']]);
  });

  test('has nothing to print for nothing', async () => {
    expect(await rerank([question, '-', '--json'], '')).toMatchObject({ code: 1 });
  });
});
