// No child outlives its host, however the host ends and whatever the child is doing.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { eventually, isAlive } from '../support/childClient';

const model = path.resolve('models/glitag-small-en');

/** Starts a host (fixtures/host.ts) with a child of its own; resolves once the child is at work. */
async function startHost(
  workerFile: string,
  folder: string,
  mode: string,
): Promise<{ host: ChildProcess; pid: number }> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-host-'));
  const file = path.join(directory, 'host.mjs');
  await build({
    entryPoints: ['test/child/fixtures/host.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
  });
  const host = spawn(process.execPath, [file, workerFile, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  host.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await vi.waitFor(() => {
    expect(said).toMatch(/at work \d+\n/);
  }, eventually);
  const pid = Number(/at work (\d+)/.exec(said)?.[1]);
  onTestFinished(() => {
    host.kill('SIGKILL');
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    fs.rmSync(directory, { recursive: true, force: true });
  });
  expect(isAlive(pid)).toBe(true);
  return { host, pid };
}

async function expectGone(pid: number): Promise<void> {
  await vi.waitFor(() => {
    expect(isAlive(pid)).toBe(false);
  }, eventually);
}

test('the real child ends when its host is killed in the middle of a run', async () => {
  const { host, pid } = await startHost(inject('workerFile'), model, 'run');
  host.kill('SIGKILL');
  await expectGone(pid);
});

test('the real child ends when its host is killed while it is idle', async () => {
  const { host, pid } = await startHost(inject('workerFile'), model, 'idle');
  host.kill('SIGKILL');
  await expectGone(pid);
});

test('a child whose main thread is blocked ends when its host is killed', async () => {
  const { host, pid } = await startHost(inject('blockedFile'), os.tmpdir(), 'blocked');
  host.kill('SIGKILL');
  await expectGone(pid);
});

test('a child that is blocked and watches nobody ends when its host exits without dispose', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-folder-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const { host, pid } = await startHost(path.resolve('test/child/fixtures/actor.cjs'), folder, 'hang');
  host.kill('SIGTERM');
  await vi.waitFor(() => {
    expect(host.exitCode).toBe(0);
  }, eventually);
  await expectGone(pid);
});
