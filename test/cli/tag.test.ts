// `glitag tag` with the real model, from a folder far from the checkout.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents, labels, repository, runCli } from './runCli';

interface Answer {
  readonly model: string;
  readonly documents: readonly {
    readonly path: string;
    readonly part?: string;
    readonly tags: readonly { label: string; score: number; start: number; end: number }[];
    readonly scores: Readonly<Record<string, number>>;
    readonly given?: readonly string[];
  }[];
  readonly skipped: readonly { path: string; reason: string }[];
  readonly stats: Readonly<Record<string, number>>;
}

let elsewhere: string;
beforeAll(() => {
  elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-cli-'));
});
afterAll(() => {
  fs.rmSync(elsewhere, { recursive: true, force: true });
});

async function tagJson(...args: string[]): Promise<Answer> {
  const { code, stdout, stderr } = await runCli(['tag', '--format', 'json', ...args], elsewhere);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Answer;
}

describe('json', () => {
  test('names what each document is, with the passage that says so', async () => {
    const answer = await tagJson('--labels', labels, documents);
    expect(answer.model).toBe('glitag-small-en');
    expect(answer.documents.map((document) => path.relative(documents, document.path))).toEqual([
      'crash.md',
      path.join('legal', 'nda.md'),
      'praise.txt',
    ]);
    const best = answer.documents.map(({ tags }) => tags.find(({ label }) => label.startsWith('kind.'))?.label);
    expect(best).toEqual(['kind.bug report', 'kind.contract', 'kind.customer review']);
    for (const document of answer.documents) {
      const text = fs.readFileSync(document.path, 'utf8');
      expect(Object.keys(document.scores)).toEqual([
        'kind.bug report',
        'kind.contract',
        'kind.customer review',
        'mood.happy',
        'mood.angry',
      ]);
      for (const { start, end, score } of document.tags) {
        expect(score).toBeGreaterThanOrEqual(0.5);
        expect(text.slice(start, end).trim()).not.toBe('');
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
    expect(answer.skipped).toEqual([
      { path: path.join(documents, 'blob.bin'), reason: expect.stringContaining('Not text') as string },
    ]);
    expect(answer.stats).toEqual({ classified: 3, reused: 0, relabelled: 0, skipped: 1 });
  });

  test('a threshold of 1 leaves no tag and all scores', async () => {
    const answer = await tagJson('--labels', labels, '--threshold', '1', path.join(documents, 'crash.md'));
    expect(answer.documents).toHaveLength(1);
    expect(answer.documents[0]?.tags).toEqual([]);
    expect(Object.keys(answer.documents[0]?.scores ?? {})).toHaveLength(5);
  });
});

describe('which files', () => {
  const folder = () => path.join(elsewhere, 'which');
  const of = async (...args: string[]) => {
    const { documents: found, skipped } = await tagJson('--labels', labels, ...args);
    return { documents: found.map((one) => path.basename(one.path)), skipped: skipped.map((one) => one.path) };
  };
  beforeAll(() => {
    fs.mkdirSync(path.join(folder(), 'sub'), { recursive: true });
    fs.mkdirSync(path.join(folder(), '.git'));
    const files = { 'a.md': 'A crash.', 'b.txt': 'A contract.', 'drafts.md': 'A draft.', 'sub/c.md': 'A bug.' };
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder(), name), text);
    fs.writeFileSync(path.join(folder(), '.gitignore'), 'drafts.md\n');
  });

  test('--include and --exclude choose among the files of a folder', async () => {
    expect((await of('--include', '*.md', '--', 'which')).documents).toEqual(['a.md', 'c.md']);
    const { documents: left, skipped } = await of('--include', '*.md', '--exclude', 'sub', '--', 'which');
    expect(left).toEqual(['a.md']);
    expect(skipped).toContain(path.join('which', 'sub'));
  });

  test('--no-ignore takes what Git ignores', async () => {
    expect((await of('--include', '*.md', '--', 'which')).skipped).toContain(path.join('which', 'drafts.md'));
    expect((await of('--include', '*.md', '--no-ignore', '--', 'which')).documents).toContain('drafts.md');
  });

  test('an index that holds more answers for the given paths alone', async () => {
    const index = path.join(elsewhere, 'which.sqlite');
    const args = ['--include', '*.md', '--index', index, '--'];
    expect((await of(...args, 'which')).documents).toEqual(['a.md', 'c.md']);
    const { documents: part, skipped } = await of(...args, path.join('which', 'sub'));
    expect({ part, skipped }).toEqual({ part: ['c.md'], skipped: [] });
  });
});

test('--chunk-tokens says how long a passage may be', async () => {
  const long = path.join(elsewhere, 'long.txt');
  fs.writeFileSync(long, 'The app crashes when I press Save. The contract ends in May. '.repeat(30));
  const lengths = async (...args: string[]) =>
    (await tagJson('--labels', labels, '--threshold', '0', ...args, long)).documents[0]?.tags.map(
      ({ start, end }) => end - start,
    ) ?? [];
  const [usual, short] = [await lengths(), await lengths('--chunk-tokens', '32')];
  expect(Math.max(...short)).toBeLessThan(Math.min(...usual) / 2);
});

describe('front matter', () => {
  test('is read only where that is asked for, and its tags are given', async () => {
    const crash = fs.readFileSync(path.join(documents, 'crash.md'), 'utf8');
    const head = '---\ntitle: Minutes of the contract negotiations\ntags: [todo]\n---\n';
    const [plain, marked] = ['plain.md', 'marked.md'].map((name) => path.join(elsewhere, name));
    fs.writeFileSync(plain ?? '', crash);
    fs.writeFileSync(marked ?? '', head + crash);
    const { documents: found } = await tagJson('--labels', labels, plain ?? '', marked ?? '');
    const [withHead, without] = found;
    expect(withHead?.scores).toEqual(without?.scores);
    expect(withHead?.tags.map(({ start }) => start - head.length)).toEqual(without?.tags.map(({ start }) => start));
    expect([withHead?.given, without?.given]).toEqual([['todo'], undefined]);
    const { documents: read } = await tagJson('--labels', labels, '--front-matter', marked ?? '');
    expect(read[0]?.scores).not.toEqual(without?.scores);
    const listed = await runCli(
      ['tag', '--labels', labels, '--where', '@given:todo', marked ?? '', plain ?? ''],
      elsewhere,
    );
    expect(listed.stdout).toContain('  given: todo');
    expect(listed.stdout).toContain('1 document tagged');
  });
});

describe('--split', () => {
  const texts = ['crash.md', 'praise.txt'].map((name) => fs.readFileSync(path.join(documents, name), 'utf8').trim());
  const at = (name: string) => path.join(elsewhere, name);

  test('makes a document of each row, with the scores of the text alone and passages in the file', async () => {
    const quoted = texts.map((text, index) => `${index},"${text.replaceAll('"', '""')}"\n`).join('');
    fs.writeFileSync(at('rows.csv'), `id,text\n${quoted}`);
    fs.writeFileSync(at('alone.txt'), texts[1] ?? '');
    const { documents: found, stats } = await tagJson(
      '--labels',
      labels,
      '--split',
      'csv: text',
      at('rows.csv'),
      at('alone.txt'),
    );
    const [alone, first, second] = found;
    expect(found.map(({ part }) => part)).toEqual([undefined, 'row 2', 'row 3']);
    expect(stats['classified']).toBe(2);
    expect(second?.scores).toEqual(alone?.scores);
    const file = fs.readFileSync(at('rows.csv'), 'utf8');
    for (const { start, end } of first?.tags ?? [])
      expect((texts[0] ?? '').includes(file.slice(start, end).trim().slice(0, 40))).toBe(true);
    const listed = await runCli(['tag', '--labels', labels, '--split', 'csv: text', at('rows.csv')], elsewhere);
    expect(listed.stdout).toMatch(/rows\.csv: row 2 {2}\d+ tags?\n/);
  });

  test('takes a rule for other files by a glob, and says once where it does not fit', async () => {
    fs.writeFileSync(at('chat.log'), texts.map((text) => `${JSON.stringify({ msg: text })}\n`).join(''));
    fs.writeFileSync(at('wrong.csv'), 'a,b\n1,2\n');
    const rules = ['--split', '*.log=jsonl: msg', '--split', 'csv: text'];
    const answer = await tagJson('--labels', labels, ...rules, at('chat.log'), at('wrong.csv'));
    expect(answer.documents.map(({ part }) => part)).toEqual(['line 1', 'line 2']);
    expect(answer.skipped).toEqual([
      {
        path: at('wrong.csv'),
        reason:
          'Does not fit its rule (“glitag.split”, or --split): “csv: text”: its first row has no column “text”. Name one that is there',
      },
    ]);
    const wrong = await runCli(['tag', '--split', 'rows', at('chat.log')], elsewhere);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('“rows” is no rule');
  });
});

describe('--encoding', () => {
  test('decodes files that do not say it themselves', async () => {
    const text = 'Die Prüfung der Verträge dauert länger, schöne Grüße.';
    const [old, now] = ['old.txt', 'now.txt'].map((name) => path.join(elsewhere, name));
    fs.writeFileSync(old ?? '', text, 'latin1');
    fs.writeFileSync(now ?? '', text);
    const inUtf8 = await tagJson('--labels', labels, now ?? '');
    const decoded = await tagJson('--labels', labels, '--encoding', 'windows1252', old ?? '');
    expect(decoded.documents[0]?.scores).toEqual(inUtf8.documents[0]?.scores);
    const unknown = await runCli(['tag', '--encoding', 'klingon', old ?? ''], elsewhere);
    expect(unknown.stderr).toContain('The encoding “klingon” is not known');
    expect(unknown.code).toBe(2);
  });
});

describe('--index', () => {
  test('keeps results, and scores kept vectors against other labels', async () => {
    const index = path.join(elsewhere, 'index.sqlite');
    const first = await tagJson('--index', index, '--labels', labels, documents);
    const second = await tagJson('--index', index, '--labels', labels, documents);
    expect(second.stats).toEqual({ classified: 0, reused: 3, relabelled: 0, skipped: 1 });
    expect(second.documents).toEqual(first.documents);

    const others = path.join(elsewhere, 'others.yaml');
    fs.writeFileSync(others, '- confidential\n- software\n');
    const third = await tagJson('--index', index, '--labels', others, documents);
    expect(third.stats).toEqual({ classified: 0, reused: 0, relabelled: 3, skipped: 1 });
    const fresh = await tagJson('--labels', others, documents);
    expect(third.documents).toEqual(fresh.documents);
  });

  test('loads no model where nothing is to be classified', async () => {
    const index = path.join(elsewhere, 'quiet.sqlite');
    const folder = path.join(elsewhere, 'quiet');
    fs.cpSync(documents, folder, { recursive: true });
    const run = () => runCli(['tag', '--format', 'jsonl', '--index', index, '--labels', labels, 'quiet'], elsewhere);
    expect(await run()).toMatchObject({ code: 0, stderr: '', spawns: 1 });
    const again = await run();
    expect(again).toMatchObject({ code: 0, stderr: '', spawns: 0 });
    expect(again.stdout).toContain('"reused":3');
    fs.writeFileSync(path.join(folder, 'new.txt'), 'The app crashes with a null pointer when I press Save.');
    const more = await run();
    expect(more).toMatchObject({ code: 0, spawns: 1 });
    expect(more.stdout).toContain('"classified":1,"reused":3');
  });
});

test('a newer model tags an index again, and says so', async () => {
  const index = path.join(elsewhere, 'older.sqlite');
  const older = path.join(elsewhere, 'glitag-small-en');
  fs.cpSync(path.join(repository, 'models/glitag-small-en'), older, { recursive: true });
  fs.appendFileSync(path.join(older, 'config.json'), '\n');
  await tagJson('--index', index, '--model', older, '--labels', labels, documents);
  const args = ['tag', '--format', 'json', '--index', index, '--labels', labels, documents];
  const { code, stdout, stderr } = await runCli(args, elsewhere);
  expect(code).toBe(0);
  expect(stderr).toBe('glitag: The embedded model is newer: 3 documents are tagged again.\n');
  const answer = JSON.parse(stdout) as Answer;
  expect(answer.stats).toEqual({ classified: 3, reused: 0, relabelled: 0, skipped: 1 });
  expect((await tagJson(...args.slice(3))).stats).toMatchObject({ classified: 0, reused: 3 });
});

describe('other formats', () => {
  test('the tree shows bars, parents and passages', async () => {
    const { code, stdout } = await runCli(['tag', '--labels', labels, documents], elsewhere);
    expect(code).toBe(0);
    expect(stdout).toMatch(/crash\.md {2}\d tags?\n {2}kind \(one of\)\n {4}■+□* \.\d\d {2}bug report/);
    expect(stdout).toMatch(/bug report {2,}“(?:Import crashes when|Uploading a file|The worker restarts)/);
    expect(stdout).toContain('3 documents tagged, 1 skipped');
  });

  test('csv has one row a tag', async () => {
    const { stdout } = await runCli(
      ['tag', '--format', 'csv', '--labels', labels, path.join(documents, 'crash.md')],
      elsewhere,
    );
    const [header, ...rows] = stdout.trim().split('\n');
    expect(header).toBe('path,label,score,start,end');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toContain('crash.md,kind.bug report,0.');
  });

  test('csv holds no cell that a spreadsheet would run', async () => {
    const formula = path.join(elsewhere, 'formula');
    fs.mkdirSync(formula);
    fs.writeFileSync(path.join(formula, '=1+1.md'), 'The app crashes when I press Save.');
    const { stdout } = await runCli(['tag', '--format', 'csv', '--labels', labels, '=1+1.md'], formula);
    const [, ...rows] = stdout.trim().split('\n');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !row.startsWith("'=1+1.md,"))).toEqual([]);
  });

  test('jsonl prints each document once, then what was left out, then the counts', async () => {
    const { stdout } = await runCli(['tag', '--format', 'jsonl', '--labels', labels, documents], elsewhere);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => Object.keys(JSON.parse(line) as object));
    expect(lines).toEqual([...Array<string[]>(3).fill(['path', 'tags', 'scores']), ['skipped'], ['stats']]);
  });
});

describe('--where', () => {
  const paths = async (search: string, format = 'json') => {
    const args = ['tag', '--format', format, '--labels', labels, '--where', search, documents];
    const { code, stdout, stderr } = await runCli(args, elsewhere);
    expect(code).toBe(0);
    return {
      paths: [...stdout.matchAll(/"path":"([^"]+)","tags"/g)].map(([, file]) => path.basename(file ?? '')),
      stderr,
    };
  };

  test('prints what matches, labels without quotes', async () => {
    expect(await paths('bug report or contract')).toEqual({ paths: ['crash.md', 'nda.md'], stderr: '' });
    expect(await paths('kind -bug report -@path:legal', 'jsonl')).toEqual({ paths: ['praise.txt'], stderr: '' });
  });

  test('holds for what was left out too', async () => {
    const args = ['tag', '--format', 'jsonl', '--labels', labels, '--where'];
    const left = async (search: string) => (await runCli([...args, search, documents], elsewhere)).stdout;
    expect(await left('@skipped')).toContain('"skipped":{"path"');
    expect(await left('bug report')).not.toContain('"skipped":{"path"');
  });

  test('takes a search that is not finished, and says which word is nowhere', async () => {
    expect((await paths('(contract and')).paths).toEqual(['nda.md']);
    expect(await paths('kontract')).toEqual({
      paths: [],
      stderr: 'glitag: --where: no label and no path holds “kontract”\n',
    });
  });
});

test('a reader that closes the pipe is no error', async () => {
  // The tree is written document by document, so there is more to write when the pipe is closed.
  const { code, stderr } = await runCli(['tag', '--format', 'tree', documents], elsewhere, { closeOutput: true });
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

describe('exit codes', () => {
  test.each([
    ['no path', ['tag'], 'Name files or folders, or a file of JSON Lines with --input'],
    ['an unknown format', ['tag', '--format', 'xml', documents], 'Allowed choices'],
    ['a threshold that is none', ['tag', '--threshold', '2', documents], 'number from 0 to 1'],
    ['a path that is not there', ['tag', 'nowhere'], 'nowhere'],
    ['a labels file that is not there', ['tag', '--labels', 'nowhere.json', documents], 'nowhere.json'],
  ])('2 for %s', async (_name, args, message) => {
    const { code, stdout, stderr } = await runCli(args, elsewhere);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });

  test('0 for labels with a slip of the hand, which is named', async () => {
    const slip = path.join(elsewhere, 'slip.json');
    fs.writeFileSync(slip, JSON.stringify({ labels: ['a', 'b'], treshold: 1 }));
    const { code, stderr, stdout } = await runCli(
      ['tag', '--format', 'csv', '--labels', slip, path.join(documents, 'crash.md')],
      elsewhere,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('the key “treshold”. It is read as “threshold”.');
    // The threshold of 1 counts: no tag.
    expect(stdout).toContain('crash.md');
    expect(stdout).not.toMatch(/crash\.md,(a|b),/);
  });

  test('2 for labels with a mistake, which is named', async () => {
    const broken = path.join(elsewhere, 'broken.json');
    fs.writeFileSync(broken, JSON.stringify({ labels: ['a', 'a'] }));
    const { code, stderr } = await runCli(['tag', '--labels', broken, documents], elsewhere);
    expect(code).toBe(2);
    expect(stderr).toMatch(/broken.*“a”.*twice/s);
  });

  test('1 when nothing could be tagged', async () => {
    const { code } = await runCli(['tag', path.join(documents, 'blob.bin')], elsewhere);
    expect(code).toBe(1);
  });

  test('1 when the model folder holds no model', async () => {
    const { code, stderr } = await runCli(['tag', '--model', elsewhere, documents], elsewhere);
    expect(code).toBe(1);
    expect(stderr).toContain('config.json');
  });
});

describe('models by name', () => {
  const tiny = path.join(repository, 'test/golden/models/uni-bert-first-simple');
  const named = (name: string, content: unknown) => {
    const file = path.join(elsewhere, name);
    fs.writeFileSync(file, JSON.stringify(content));
    return file;
  };

  test('the labels choose among those of --models; --model is stronger', async () => {
    const set = named('own.json', { labels: ['verse', 'prose'], model: 'tiny' });
    const models = named('models.json', { tiny: { path: path.relative(elsewhere, tiny), threads: 1 } });
    const answer = await tagJson('--labels', set, '--models', models, documents);
    expect(answer.model).toBe('uni-bert-first-simple');
    const embedded = path.join(repository, 'models/glitag-small-en');
    expect((await tagJson('--labels', set, '--models', models, '--model', embedded, documents)).model).toBe(
      'glitag-small-en',
    );
    const data = path.join(repository, 'test/fixtures/evaluation.jsonl');
    const evaluated = await runCli(['evaluate', data, '--labels', set, '--models', models, '--json'], elsewhere);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ model: 'uni-bert-first-simple' });
  });

  test('a name that nobody defines is told, and the embedded model is taken', async () => {
    const set = named('lost.json', { labels: ['verse', 'prose'], model: 'elsewhere' });
    const { code, stdout, stderr } = await runCli(['tag', '--format', 'json', '--labels', set, documents], elsewhere);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Answer).model).toBe('glitag-small-en');
    expect(stderr).toBe(
      'glitag: The label set “lost” names the model “elsewhere”, which no --models FILE defines and which is not installed: the embedded model is used. Name its folder with --model.\n',
    );
  });

  test('a mistake in the file of --models is named', async () => {
    const models = named('wrong.json', { tiny: { path: tiny, device: 'cuda' } });
    const { code, stderr } = await runCli(['tag', '--models', models, documents], elsewhere);
    expect(code).toBe(2);
    expect(stderr).toContain('wrong.json has a mistake at “tiny”: must be the path of a model folder');
  });
});
