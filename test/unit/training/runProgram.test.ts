// Programs run to their end, line by line; a cancellation ends them with all that they started. Node stands for Python.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { isAlive } from '../../../src/inference/process/isAlive';
import { runProgram } from '../../../src/training/runProgram';

const { signal } = new AbortController();

async function run(code: string, more: Partial<Parameters<typeof runProgram>[2]> = {}) {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const end = await runProgram(process.execPath, ['-e', code], { signal, onLine, ...more });
  return { ...end, lines };
}

it('gives lines, exit code and the last errors', async () => {
  const errors = 'for (let at = 0; at < 25; at++) console.error(`error ${at}`);';
  const { exitCode, lines, lastErrors } = await run(`console.log('a\\nb'); ${errors} process.exitCode = 3`);
  expect({ exitCode, lines }).toEqual({ exitCode: 3, lines: ['a', 'b'] });
  expect(lastErrors).toHaveLength(20);
  expect(lastErrors.at(-1)).toBe('error 24');
});

it('has no exit code for what cannot be started', async () => {
  expect(await runProgram('/no/such/program', [], { signal })).toEqual({ exitCode: null, lastErrors: [] });
});

it('hands down proxies and what is added, but no secrets', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://proxy');
  vi.stubEnv('GITHUB_TOKEN', 'secret');
  vi.stubEnv('PYTHONPATH', '/elsewhere');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { lines } = await run(
    "console.log(['HTTPS_PROXY', 'GITHUB_TOKEN', 'PYTHONPATH', 'OWN'].map((name) => process.env[name]).join())",
    { env: { OWN: '1' } },
  );
  expect(lines).toEqual(['http://proxy,,,1']);
});

it('ends the program where a line is refused, and throws that', async () => {
  const code = "console.log('bad'); setInterval(() => undefined, 1000)";
  const onLine = () => {
    throw new Error('refused');
  };
  await expect(run(code, { onLine })).rejects.toThrow('refused');
});

it.skipIf(process.platform === 'win32')('kills what the program started, too', async () => {
  const abort = new AbortController();
  const forever = 'setInterval(() => undefined, 1000)';
  const code = `const c = require('child_process').spawn(process.execPath, ['-e', '${forever}']); console.log(c.pid); ${forever}`;
  const pids: number[] = [];
  const onLine = (line: string) => {
    pids.push(Number(line));
    abort.abort();
  };
  await expect(run(code, { signal: abort.signal, onLine })).rejects.toMatchObject({ code: 'cancelled' });
  const [pid = 0] = pids;
  expect(pid).toBeGreaterThan(0);
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await wait(20);
  expect(isAlive(pid)).toBe(false);
});

it('starts nothing once it is cancelled', async () => {
  const abort = new AbortController();
  abort.abort();
  await expect(run("console.log('here')", { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
});
