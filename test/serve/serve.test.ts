// A workspace tagged by upstream's own server, with two replicas, and by the same model here: equal tags, also across a kill.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository, runCli } from '../cli/runCli';
import type { CliResult } from '../cli/runCli';
import { glitagTrain } from './glitagTrain';
import { freePort, RayServer } from './rayServer';
import { expectSame, reportOf } from './tagged';
import type { Report } from './tagged';

const modelName = 'uni-bert-first-simple';
const fileCount = 400;

let folder: string;
let model: string;
let port: number;
let server: RayServer;
let local: Report;

const labels = () => path.join(folder, 'labels.json');
const workspace = () => path.join(folder, 'work');

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-serve-'));
  // The golden model made anew, this time with the weights that PyTorch loads.
  await glitagTrain(repository, 'goldens', folder, '--only', modelName, '--weights');
  model = path.join(folder, 'models', modelName);
  const nested = { kind: ['bug report', 'contract', 'customer review'], mood: ['happy', 'angry'] };
  fs.writeFileSync(labels(), JSON.stringify({ labels: nested, prompt: 'Classify:', threshold: 0.6 }));
  fs.mkdirSync(workspace());
  for (let n = 0; n < fileCount; n++) fs.writeFileSync(path.join(workspace(), `${n}.md`), textOf(n));
  port = await freePort();
  server = await RayServer.start({ model, replicas: 2, port });
  local = reportOf(await tag());
  expect(local.documents).toHaveLength(fileCount);
}, 400_000);

afterAll(async () => {
  await (server as RayServer | undefined)?.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Some are several chunks long, and some hold what is markup to the model. */
function textOf(n: number): string {
  const sentences = n % 7 === 0 ? 60 : 1 + (n % 4);
  const words = ['delivery', 'contract', 'great', 'crash', 'refund', '<<LABEL>>', 'Ünïcode', '产品'];
  const sentence = (at: number) => `The ${words[(n + at) % words.length]} of product ${n} was noted ${at} times.`;
  return Array.from({ length: sentences }, (_, at) => sentence(at)).join(' ');
}

const command = (...more: readonly string[]) => [
  'tag',
  workspace(),
  '--labels',
  labels(),
  '--model',
  model,
  '--format',
  'json',
  '--chunk-tokens',
  '64',
  ...more,
];

function tag(...more: readonly string[]): Promise<CliResult> {
  return runCli(command(...more), folder);
}

test('the same tags, passages and scores as by the model here', async () => {
  const remote = reportOf(await tag('--server', server.url));
  expect(remote.stats.classified).toBe(fileCount);
  expectSame(local, remote);
});

test('single-label sets get the softmax of all labels', async () => {
  const single = path.join(folder, 'single.json');
  fs.writeFileSync(single, JSON.stringify({ labels: ['bug report', 'contract', 'review'], mode: 'single-label' }));
  const of = async (...more: readonly string[]) => reportOf(await tag('--labels', single, ...more)).documents;
  const [mine, theirs] = [await of(), await of('--server', server.url)];
  for (const [index, { scores }] of mine.entries())
    for (const [label, score] of Object.entries(scores))
      expect(Math.abs(score - theirs[index]!.scores[label]!)).toBeLessThan(1e-4);
});

// Starting the server again takes a minute where others use the machine.
test('killed and started again in the middle of a run: nothing is lost, and nothing done twice', async () => {
  const index = path.join(folder, 'index.sqlite');
  // Each document is printed once it is in the index; the last line says how many there were.
  const args = command('--server', server.url, '--index', index, '--format', 'jsonl');
  const run = spawn(process.execPath, [path.join(repository, 'dist/cli.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(run, 'close') as Promise<[number | null]>;
  let output = '';
  await new Promise<void>((resolve) => {
    run.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('\n')) resolve();
    });
  });
  await server.kill();
  const printed = output.split('\n').length - 1;
  expect(printed).toBeLessThan(fileCount);
  expect(run.exitCode).toBeNull();
  server = await RayServer.start({ model, replicas: 2, port });
  expect(await ended).toEqual([0, null]);
  const lines = output.trimEnd().split('\n').slice(0, -1);
  const documents = lines.map((line) => JSON.parse(line) as Report['documents'][number]);
  documents.sort((one, other) => (one.path < other.path ? -1 : 1));
  expectSame(local, { documents, stats: { classified: documents.length, reused: 0 } });
  expect(reportOf(await tag('--server', server.url, '--index', index)).stats).toMatchObject({
    classified: 0,
    reused: fileCount,
  });
}, 400_000);

test('a server that is not there: exit code 3, and how to go on', async () => {
  const index = path.join(folder, 'outage.sqlite');
  const away = await tag('--server', `http://127.0.0.1:${await freePort()}`, '--index', index);
  expect(away.code).toBe(3);
  expect(away.stderr).toContain('give the same command again');
});
