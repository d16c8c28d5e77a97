// A tiny PyTorch checkpoint, a set of texts that is learnt by heart, and the Python that trains it: that of the tier training-torch.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../host/locations';

export const repository = repositoryRoot();
export const packageFolder = path.join(repository, 'training');

/** The Python with PyTorch that `npm test` made. */
export function trainingProgram(): string {
  const program = process.env['GLITAG_TEST_PYTHON'];
  if (program === undefined) throw new Error('GLITAG_TEST_PYTHON is not set: run npm test -- --only train');
  return program;
}

export function temporary(name: string): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), `glitag-${name}-`));
}

const phrases = {
  sports: ['the football team wins the championship', 'a dramatic penalty shootout'],
  politics: ['the government announced a new policy', 'raised interest rates'],
  music: ['play some jazz music please', 'I love this jazz'],
};
export const labels = Object.keys(phrases);

/** JSON Lines; each text once. */
export function writeRows(folder: string, count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const label = labels[at % labels.length] as keyof typeof phrases;
    const text = `${phrases[label][at % 2] ?? ''}, said number ${at}`;
    return JSON.stringify({ text, all_labels: labels, true_labels: [label] });
  });
  const file = path.join(folder, 'rows.jsonl');
  fs.writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}

/** A checkpoint with weights that are as good as random. */
export function makeBase(folder: string, rows: string): string {
  const config = path.join(repository, 'test/golden/models/uni-bert-first-simple/config.json');
  const out = path.join(folder, 'random');
  execFileSync(
    trainingProgram(),
    [
      ...['-m', 'glitag_train', 'train', rows, '--from-scratch', config, '--out', out],
      ...['--max_steps', '1', '--eval_share', '0', '--threads', '1'],
    ],
    { env: { ...process.env, PYTHONPATH: packageFolder, PYTHONDONTWRITEBYTECODE: '1' }, stdio: 'pipe' },
  );
  return path.join(out, 'final_model');
}
