// `glitag train`: a model of one's own, from rows with labels or from decisions.
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { trainModel } from '../../training/run/trainModel';
import type { TrainingOutcome } from '../../training/run/trainingRequest';
import { exitCodes } from '../exitCodes';
import type { ModelsDirOptions } from '../models/modelsFolder';
import { modelAt } from '../namedModel';
import { embeddedModel } from '../../library/openModel';
import { openClassifier } from '../openClassifier';
import { withInterrupt } from '../withInterrupt';
import { comparisonText } from './comparisonText';
import { readTrainData } from './trainData';
import { TrainProgress } from './trainProgress';
import { trainingPython } from './trainingPython';

export interface TrainOptions extends ModelsDirOptions {
  readonly out: string;
  readonly base?: string;
  readonly decisions?: string;
  readonly set?: string;
  readonly labels?: string;
  readonly threshold?: number;
  readonly keptBack: number;
  readonly seed: number;
  readonly python?: string;
  readonly install?: boolean;
  readonly startOver?: boolean;
  readonly json?: boolean;
}

/** Throws AppError. */
export async function trainCommand(files: readonly string[], options: TrainOptions): Promise<number> {
  const data = await readTrainData(files, options);
  return withInterrupt(async (signal) => {
    const python = await trainingPython(options, signal);
    const progress = new TrainProgress();
    try {
      const outcome = await trainModel(
        {
          ...data,
          base: path.resolve(modelAt(options.base, options).model ?? embeddedModel),
          out: path.resolve(options.out),
          chunkTokens: null,
          keptBackShare: options.keptBack,
          seed: options.seed,
          startOver: options.startOver ?? false,
        },
        {
          python,
          openClassifier: (model) => openClassifier({ model }),
          signal,
          onProgress: (at) => {
            progress.show(at);
          },
          onLog: () => undefined,
        },
      );
      progress.end();
      process.stdout.write(options.json ? `${JSON.stringify(asJson(outcome))}\n` : comparisonText(outcome));
      return exitCodes.done;
    } catch (error) {
      progress.end();
      if (!(error instanceof AppError && error.code === 'cancelled')) throw error;
      throw new AppError('cancelled', 'Cancelled. The same command goes on where it was.', { cause: error });
    }
  });
}

/** Of each model what `glitag evaluate --json` prints of it. */
function asJson({ folder, trainedRows, keptBackRows, before, after }: TrainingOutcome) {
  const figures = ({ model, rules, report }: TrainingOutcome['before']) => {
    const { mode, threshold } = rules;
    return { model: model.name, modelHash: model.hash, mode, threshold, ...report };
  };
  return { model: folder, trainedRows, keptBackRows, before: figures(before), after: figures(after) };
}
