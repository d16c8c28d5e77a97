// The whole way with the real trainer: rows to a model in its place; kills at any moment leave nothing there, and it goes on.
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../cli/runCli';
import { labels, makeBase, temporary, trainingProgram, writeRows } from './toyBase';
import { expectNoProcess, processesOf, runOf, stopped } from './trainCommand';

const count = 480;
const keptBack = 96;

let folder: string;
let rows: string;
let base: string;
beforeAll(() => {
  folder = temporary('train');
  rows = writeRows(folder, count);
  base = makeBase(folder, rows);
}, 120_000);
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const wordsFor = (out: string) => [
  'train',
  rows,
  '--base',
  base,
  '--out',
  out,
  '--python',
  trainingProgram(),
  '--json',
];
async function finished(out: string) {
  const { code, stdout, stderr } = await runCli(wordsFor(out), folder);
  expect(code, stderr).toBe(0);
  const result = JSON.parse(stdout) as Record<'before' | 'after', { rows: number; modelHash: string }>;
  expect(result).toMatchObject({ model: out, trainedRows: count - keptBack, keptBackRows: keptBack });
  expect([result.before.rows, result.after.rows]).toEqual([keptBack, keptBack]);
  expect(result.after.modelHash).not.toBe(result.before.modelHash);
  return { result, stderr };
}

it('goes on after kills, and the model is there whole or not at all', async () => {
  const out = path.join(folder, 'killed');
  const checkpoint = path.join(runOf(out), 'trained/checkpoint-50/trainer_state.json');
  const delayMs = randomInt(400);
  await stopped(wordsFor(out), 'SIGKILL', () => fs.existsSync(checkpoint));
  await wait(delayMs);
  expect(fs.existsSync(out)).toBe(false);
  await expectNoProcess(out);

  const until = Date.now() + randomInt(4000);
  await stopped(wordsFor(out), 'SIGKILL', () => Date.now() > until);
  expect(fs.existsSync(out)).toBe(false);

  const { stderr } = await finished(out);
  const first = Number(/^(\d+) of 144 steps/m.exec(stderr)?.[1]);
  expect(first, stderr).toBeGreaterThan(50);
  expect(fs.existsSync(runOf(out))).toBe(false);
  const verified = await runCli(['verify', out], folder);
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.stdout).toContain('token id mismatches  0\nresult mismatches    0');
  // What the new model says is what `glitag evaluate` says of it.
  const evaluated = await runCli(['evaluate', rows, '--model', out, '--json'], folder);
  expect(JSON.parse(evaluated.stdout)).toMatchObject({
    rows: count,
    perLabel: [...labels].sort().map((label) => ({ label })),
  });
}, 300_000);

it('stops at Ctrl+C, says that it can go on, and refuses to as another training', async () => {
  const out = path.join(folder, 'stopped');
  const said = await stopped(wordsFor(out), 'SIGINT', () => fs.existsSync(path.join(runOf(out), 'trained')));
  expect(said).toContain('Cancelled. The same command goes on where it was.');
  expect(processesOf(out)).toEqual([]);
  expect(fs.existsSync(out)).toBe(false);
  const other = await runCli([...wordsFor(out), '--seed', '7'], folder);
  expect(other).toMatchObject({ code: 2 });
  expect(other.stderr).toContain('other seed');
}, 120_000);

it('says what Python complains of', async () => {
  const out = path.join(folder, 'refused');
  const broken = path.join(folder, 'broken');
  fs.cpSync(base, broken, { recursive: true });
  fs.writeFileSync(path.join(broken, 'model.safetensors'), 'none');
  const words = ['train', rows, '--base', broken, '--out', out, '--python', trainingProgram()];
  const { code, stderr } = await runCli(words, folder);
  expect(code).toBe(1);
  expect(stderr).toMatch(/The training ended with a mistake: .*SafetensorError/);
  expect(fs.existsSync(out)).toBe(false);
}, 120_000);
