// What the command leaves on a machine besides what it was asked for: nothing, however it ends.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { documents, labels, repository, runCli } from './runCli';

const cli = path.join(repository, 'dist/cli.js');
const model = path.join(repository, 'models/glitag-small-en');

let folder: string;
let env: Readonly<Record<string, string | undefined>>;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-traces-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  for (const name of ['home', 'tmp']) fs.mkdirSync(path.join(folder, name));
  // ONNX Runtime is silent where it recognises continuous integration.
  const ci = ['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'GITLAB_CI', 'BUILD_ID', 'BUILD_BUILDID'];
  env = {
    ...Object.fromEntries(ci.map((name) => [name, undefined])),
    ...{ HOME: path.join(folder, 'home'), XDG_CACHE_HOME: undefined, TMPDIR: path.join(folder, 'tmp') },
  };
});

const traces = () =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !['home', 'tmp'].includes(name))
    .sort();

test.each([
  ['tag', documents, '--labels', labels],
  ['verify', model],
])('%s leaves no file: ONNX Runtime keeps no events to be sent', async (...args) => {
  const { code } = await runCli(args, folder, { env });
  expect(code).toBe(0);
  expect(traces()).toEqual([]);
});

test('a pipe that is closed, and SIGTERM, leave nothing either', async () => {
  const piped = await runCli(['tag', documents, '--labels', labels, '--format', 'jsonl'], folder, {
    ...{ env, closeOutput: true },
  });
  expect([piped.code, piped.stderr, traces()]).toEqual([0, '', []]);
  const lines = spawn(process.execPath, [cli, 'tag', documents, '--labels', labels, '--format', 'jsonl'], {
    ...{ cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  });
  // It is at work, and has an index.
  lines.stdout.once('data', () => lines.kill('SIGTERM'));
  const [code] = await ended(lines);
  expect([code, traces()]).toEqual([143, []]);
});

test('a full disk is told in a sentence', async () => {
  const full = fs.openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [cli, 'tag', documents, '--labels', labels], {
    ...{ cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', full, 'pipe'] },
  });
  fs.closeSync(full);
  const [code, stderr] = await ended(child);
  expect(stderr).toBe('glitag: What is printed cannot be written: ENOSPC: no space left on device, write.\n');
  expect([code, traces()]).toEqual([1, []]);
});

function ended(child: ReturnType<typeof spawn>): Promise<readonly [number | null, string]> {
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve([code, stderr]);
    });
  });
}
