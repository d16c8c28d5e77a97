// `glitag models verify`: whether an installed model is still what was installed, and runs.
import { isWithinTolerances } from '../../inference/golden/compare';
import type { FileProblem } from '../../models/modelStore';
import { exitCodes } from '../exitCodes';
import { withChild } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { reportText } from '../verifyCommand';
import { withInterrupt } from '../withInterrupt';
import type { ModelsOptions } from './listCommand';
import { modelStore } from './modelsFolder';

const words: Readonly<Record<FileProblem['problem'], string>> = {
  missing: 'is missing',
  size: 'has another size',
  content: 'has another content',
};

/** Exit code 1 where a file is not what was installed, or the model is outside the tolerances. Throws AppError. */
export async function verifyInstalled(name: string, options: ModelsOptions): Promise<number> {
  const store = modelStore(options);
  const problems = await withInterrupt(async (signal) => {
    const progress = new ProgressLine('MB', 0);
    try {
      return await store.verify(name, {
        signal,
        onProgress: (done, total) => {
          progress.update(Math.round(done / 1e6), Math.ceil(total / 1e6));
        },
      });
    } finally {
      progress.end();
    }
  });
  // What is damaged is not run.
  const folder = problems.length > 0 ? null : store.pathOf(name);
  const report =
    folder === null
      ? null
      : await withChild({ model: folder }, (classifier, signal) => classifier.verify(folder, null, signal));
  const text = report ? reportText(report) : problems.map((one) => `${one.path} ${words[one.problem]}\n`).join('');
  process.stdout.write(options.json ? `${JSON.stringify({ name, problems, report })}\n` : text);
  return report && isWithinTolerances(report) ? exitCodes.done : exitCodes.failed;
}
