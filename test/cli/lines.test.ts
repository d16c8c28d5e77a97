// `glitag tag --input` and `glitag index merge` with the real model, as processes.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents, labels, repository, runCli } from './runCli';

let elsewhere: string;
beforeAll(() => {
  elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-lines-'));
});
afterAll(() => {
  fs.rmSync(elsewhere, { recursive: true, force: true });
});

interface Written {
  readonly id?: string | number;
  readonly tags?: readonly { readonly label: string }[];
  readonly scores?: Readonly<Record<string, number>>;
  readonly skipped?: { readonly path: string; readonly reason: string };
  readonly stats?: Readonly<Record<string, number>>;
}

const texts = ['crash.md', 'praise.txt'].map((name) => fs.readFileSync(path.join(documents, name), 'utf8'));

function parsed(stdout: string): Written[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Written);
}

async function tagLines(content: string, ...args: string[]) {
  fs.writeFileSync(path.join(elsewhere, 'docs.jsonl'), content);
  return runCli(['tag', '--labels', labels, '--input', 'docs.jsonl', ...args], elsewhere);
}

describe('--input', () => {
  test('gives each line back with its tags, and says which lines are no documents', async () => {
    const first = `{ "big": 12345678901234567890, "id":"a", "2":0,"1":0,"text":${JSON.stringify(texts[0])} }`;
    const { code, stdout, stderr } = await tagLines(
      `\uFEFF${first}\r\nno JSON\r\n{"id":7,"text":${JSON.stringify(texts[1])}}\r\n`,
    );
    expect([code, stderr]).toEqual([0, 'glitag: docs.jsonl: line 2: The line is not valid JSON.\n']);
    // All that stood in the line, as it stood there.
    expect(stdout.startsWith(`${first.slice(0, -1)},"tags":[{"label":"kind.bug report",`)).toBe(true);
    const [crash, bad, praise, end] = parsed(stdout);
    expect([crash?.id, praise?.id]).toEqual(['a', 7]);
    expect(praise?.tags?.map(({ label }) => label)).toContain('kind.customer review');
    expect(bad).toEqual({ skipped: { path: 'docs.jsonl: line 2', reason: 'The line is not valid JSON' } });
    expect(end).toEqual({ stats: { classified: 2, reused: 0, relabelled: 0, skipped: 1 } });
    const asFiles = await runCli(
      ['tag', '--labels', labels, '--format', 'json', path.join(documents, 'praise.txt')],
      elsewhere,
    );
    const { documents: files } = JSON.parse(asFiles.stdout) as { documents: Written[] };
    expect(praise?.scores).toEqual(files[0]?.scores);
  });

  test('reads standard input, and ends with 1 where it holds nothing to tag', async () => {
    const child = spawn(process.execPath, [path.join(repository, 'dist/cli.js'), 'tag', '--input', '-']);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdin.end('[]\n');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, parsed(stdout)[0]?.skipped?.path]).toEqual([1, 'standard input: line 1']);
    expect(stderr).toContain('The line holds a list');
  });

  test('with --index the same command reads nothing again and starts no model, in shards as well', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, n) => `${JSON.stringify({ id: n, text: `${texts[n % 2] ?? ''} ${n}` })}\n`,
    ).join('');
    const all = parsed((await tagLines(lines)).stdout);
    const [one, two] = [
      await tagLines(lines, '--index', 'one.sqlite', '--shard', '1/2'),
      await tagLines(lines, '--index', 'two.sqlite', '--shard', '2/2'),
    ];
    const shards = [...parsed(one.stdout).slice(0, -1), ...parsed(two.stdout).slice(0, -1)];
    expect(shards.sort((a, b) => Number(a.id) - Number(b.id))).toEqual(all.slice(0, -1));
    const same = await tagLines(lines, '--index', 'one.sqlite', '--shard', '1/2');
    expect([parsed(same.stdout).slice(0, -1), same.spawns]).toEqual([parsed(one.stdout).slice(0, -1), 0]);
    const merge = await runCli(['index', 'merge', 'all.sqlite', 'one.sqlite', 'two.sqlite'], elsewhere);
    expect([merge.code, merge.stderr]).toEqual([0, '']);
    const again = await tagLines(lines, '--index', 'all.sqlite');
    expect(parsed(again.stdout).at(-1)?.stats).toMatchObject({ classified: 0, reused: 12 });
    expect(parsed(again.stdout).slice(0, -1)).toEqual(all.slice(0, -1));
    const repeated = await runCli(['index', 'merge', 'all.sqlite', 'one.sqlite'], elsewhere);
    expect([repeated.code, repeated.stderr]).toEqual([2, expect.stringContaining('is there already') as string]);
  });

  test('--where prints what matches alone', async () => {
    const lines = texts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join('');
    const { stdout } = await tagLines(lines, '--where', 'bug report');
    expect(parsed(stdout).map(({ id }) => id)).toEqual([0, undefined]);
  });

  test.each([
    [['--include', '*.md'], '--include is for files and folders'],
    [['--no-ignore'], '--no-ignore is for files and folders'],
    [['--format', 'csv'], 'With --input results are JSON Lines'],
    [['--decisions', 'none.jsonl'], '--decisions goes with --learn'],
    [['folder'], 'Name either files and folders, or --input'],
    [['--shard', '5/4'], 'It must be as 3/16'],
  ])('refuses %j', async (args, words) => {
    const { code, stdout, stderr } = await tagLines('', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  test('refuses a folder, and no input at all', async () => {
    const folder = await runCli(['tag', '--input', '.'], elsewhere);
    expect([folder.code, folder.stderr]).toEqual([2, expect.stringContaining('is no file that can be read') as string]);
    const nothing = await runCli(['tag'], elsewhere);
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('Name files or folders') as string]);
  });
});

test('--shard shares a folder out, each file once', async () => {
  const shards = await Promise.all(
    ['1/2', '2/2'].map((shard) =>
      runCli(['tag', '--labels', labels, '--format', 'jsonl', '--shard', shard, documents], elsewhere),
    ),
  );
  const found = shards.flatMap(({ stdout }) => parsed(stdout) as { path?: string; skipped?: { path: string } }[]);
  const paths = found
    .flatMap(({ path: file, skipped }) => file ?? skipped?.path ?? [])
    .map((file) => path.relative(documents, file));
  expect(paths.sort()).toEqual(['blob.bin', 'crash.md', path.join('legal', 'nda.md'), 'praise.txt']);
});
