// The default: heads and top layers of the embedded model, on decisions on the notes of a made-up club. Killed on the way, it goes on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../cli/runCli';
import { packageFolder, temporary, trainingProgram } from './toyBase';
import { expectNoProcess, runOf, stopped } from './trainCommand';

let folder: string;
let rows: string;
beforeAll(() => {
  folder = temporary('club');
  rows = path.join(folder, 'decided.jsonl');
  execFileSync(trainingProgram(), [path.join(packageFolder, 'measured/railway_club.py'), folder], {
    env: { ...process.env, PYTHONPATH: packageFolder, PYTHONDONTWRITEBYTECODE: '1' },
  });
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

async function microF1(...model: string[]): Promise<number> {
  const { code, stdout, stderr } = await runCli(['evaluate', rows, '--json', ...model], folder);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { microF1: number }).microF1;
}

it('goes on after a kill, to a model that passes its check and says more of what was decided', async () => {
  const out = path.join(folder, 'club');
  const words = ['train', rows, '--out', out, '--python', trainingProgram()];
  // Written every ten of the fifty steps.
  const progress = path.join(runOf(out), 'trained/progress.pt');
  await stopped(words, 'SIGKILL', () => fs.existsSync(progress));
  await expectNoProcess(out);
  expect(fs.existsSync(out)).toBe(false);

  const { code, stdout, stderr } = await runCli(words, folder);
  expect(code, stderr).toBe(0);
  const first = Number(/^(\d+) of 50 steps/m.exec(stderr)?.[1]);
  expect(first, stderr).toBeGreaterThan(10);
  expect(stderr).not.toContain('texts read');
  expect(fs.existsSync(runOf(out))).toBe(false);
  expect(stdout).toMatch(/^rows +30 learnt from, 8 kept back and measured on, multi-label$/m);
  expect(stdout).toMatch(/^ +before +after\n(accuracy|macro F1|micro F1) +[01]\.\d{3} +[01]\.\d{3}$/m);

  const verified = await runCli(['verify', out], folder);
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.stdout).toContain('self-check: 3 of 3 plain texts have their label first');
  expect(await microF1('--model', out)).toBeGreaterThan(await microF1());
}, 600_000);
