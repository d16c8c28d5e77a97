// `glitag check`: the embedded model finds related passages and says that it does not judge; a model that judges gives verdicts.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judging } from '../support/judging';
import { startGliclass } from '../support/startGliclass';
import { repository, runCli } from './runCli';

const notes = [
  '# Office',
  '',
  'The canteen on the second floor is closed on Fridays because too few people come to eat there on that day of the week.',
  '',
  'Invoices above 5,000 euros are signed by two managers before they are paid, whoever has ordered what is on them.',
].join('\n');

interface Report {
  readonly model: string;
  readonly statement: string;
  readonly verdict: string | null;
  readonly evidence: readonly {
    readonly path: string;
    readonly part?: string;
    readonly start: number;
    readonly end: number;
    readonly line: number;
    readonly score: number;
    readonly text: string;
    readonly stance: string;
  }[];
}

let folder = '';
let env: Record<string, string> = {};

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-check-'));
  env = { XDG_CACHE_HOME: path.join(folder, 'cache') };
  fs.mkdirSync(path.join(folder, 'docs'));
  fs.writeFileSync(path.join(folder, 'docs/office.md'), notes);
  fs.writeFileSync(path.join(folder, 'docs/data.csv'), 'id,text\n1,The dog sleeps all day\n');
  fs.writeFileSync(
    path.join(folder, 'statements.md'),
    '# To check\n- The canteen is open on Fridays\n\n- Dogs sleep a lot\n',
  );
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const check = (...args: string[]) => runCli(['check', ...args], folder, { env });

describe('the embedded model', () => {
  test('finds the passage that a statement is about, gives no verdict, and keeps how well it judges', async () => {
    const { code, stdout, stderr } = await check('The canteen is open on Fridays', 'docs', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { model, verdict, evidence } = JSON.parse(stdout) as Report;
    expect([model, verdict]).toEqual(['glitag-small-en', null]);
    const [best] = evidence;
    expect(best).toMatchObject({ path: 'docs/office.md', stance: 'related' });
    expect(best!.text).toMatch(/closed on Fridays/);
    expect(notes.slice(best!.start, best!.end)).toBe(best!.text);
    expect(evidence.some(({ text }) => text.includes('dog'))).toBe(false);
    const [note = ''] = fs.readdirSync(path.join(folder, 'cache/glitag/notes'));
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'cache/glitag/notes', note), 'utf8'))).toMatchObject({
      wording: 'labels',
      accuracy: expect.any(Number) as number,
    });
  });

  test('says so in words, and prints a statement without a related passage', async () => {
    const { code, stdout } = await check('Penguins live in Antarctica', 'docs/data.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Penguins live in Antarctica\n {2}no related passage\nglitag-small-en finds related passages, it does not judge: macro-F1 \.\d\d .*\.70 is needed\.\n$/,
    );
  });

  test('takes a file of statements, and parts of files', async () => {
    const { code, stdout } = await check('--statements', 'statements.md', 'docs', '--split', 'csv: text', '--json');
    expect(code).toBe(0);
    const reports = JSON.parse(stdout) as Report[];
    expect(reports.map(({ statement, verdict }) => [statement, verdict])).toEqual([
      ['The canteen is open on Fridays', null],
      ['Dogs sleep a lot', null],
    ]);
    expect(reports[1]!.evidence[0]).toMatchObject({ path: 'docs/data.csv', part: 'row 2', line: 2, start: 10 });
    // Vectors that are kept between statements change no score.
    const alone = JSON.parse(
      (await check('Dogs sleep a lot', 'docs', '--split', 'csv: text', '--json')).stdout,
    ) as Report;
    expect(alone.evidence).toEqual(reports[1]!.evidence);
  });

  test('takes no statement of the file as evidence for itself, where that lies among the documents', async () => {
    const { code, stdout } = await check('--statements', 'statements.md', '.', '--json');
    expect(code).toBe(0);
    const [canteen] = JSON.parse(stdout) as Report[];
    expect(canteen!.evidence.map((one) => one.path)).toContain('docs/office.md');
    expect(canteen!.evidence.map((one) => one.path)).not.toContain('statements.md');
  });

  test('fails where --fail-on asks for verdicts that it does not give', async () => {
    for (const args of [
      ['Dogs sleep', 'docs', '--fail-on', 'contradicted'],
      ['--fail-on', 'contradicted', 'Dogs sleep', 'docs'],
    ]) {
      const { code, stderr } = await check(...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining('needs a model that judges') as string]);
    }
  });
});

describe('a model that judges', () => {
  test('gives verdicts with evidence for both sides, and fails on what it is told to', async () => {
    const server = await startGliclass(
      judging([
        { passage: 'closed on Fridays', statement: 'The canteen is open on Fridays', stance: 'contradicts' },
        { passage: 'The dog sleeps all day', statement: 'Dogs sleep a lot', stance: 'supports' },
      ]),
    );
    const args = ['--statements', 'statements.md', 'docs', '--split', 'csv: text', '--server', server.url];
    const text = await check(...args);
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(
      /^contradicted: The canteen is open on Fridays\n {2}contradicts {2}\.9\d? {2}docs\/office\.md:\d+/m,
    );
    expect(text.stdout).toMatch(/^supported: Dogs sleep a lot\n {2}supports {5}\.9\d? {2}docs\/data\.csv:2: row 2/m);
    expect(text.stdout).toMatch(/ judges: macro-F1 1\.0/);
    const failing = await check(...args, '--fail-on', 'contradicted', '--json');
    expect(failing.code).toBe(1);
    expect((JSON.parse(failing.stdout) as Report[]).map(({ verdict }) => verdict)).toEqual([
      'contradicted',
      'supported',
    ]);
    expect((await check(...args, '--fail-on', 'not found')).code).toBe(0);
    expect((await check('--fail-on', 'contradicted', '--fail-on', 'not found', ...args)).code).toBe(1);
  });
});

test('a model that reads text and task together is asked by a prompt, too', async () => {
  const model = path.join(repository, 'test/golden/models/uni-bert-instruct');
  const { code, stdout } = await check('Dogs sleep', 'docs', '--model', model, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ model: 'uni-bert-instruct', verdict: null });
});

test.each([
  [['Only a statement'], /Name a statement and files or folders/],
  [['', 'docs'], /Name a statement/],
  [['--statements', 'nowhere.md', 'docs'], /nowhere\.md cannot be read/],
  [['--statements', 'docs/office.md'], /Name a statement and files/],
  [['x', 'nowhere'], /no file or folder nowhere/],
  [['x', 'docs', '--top', '0'], /from 1 to 100000/],
  [['x', 'docs', '--fail-on', 'wrong'], /Allowed choices/],
])('says what is wrong with %j', async (args, message) => {
  const { code, stderr } = await check(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
