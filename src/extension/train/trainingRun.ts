// One training in its terminal: an environment where one is missing, then the model. It tells the status bar how far it is.
import * as vscode from 'vscode';
import { AppError } from '../../shared/errors';
import { makeEnvironment, type EnvironmentOffer } from '../../training/python/environment';
import type { TrainingPython } from '../../training/python/trainingPython';
import { trainModel } from '../../training/run/trainModel';
import type { TrainingOutcome, TrainingRequest, TrainingTools } from '../../training/run/trainingRequest';
import type { KeptTraining } from './keptTrainings';
import { openTask } from './trainTask';
import type { TrainTerminal } from './trainTerminal';
import { progressLine, shortProgress } from './trainingWords';

/** Of the documents; the rest teaches. */
const keptBackShare = 0.2;
/** Which documents are kept back follows from it: nearly the same ones each time, so that trainings can be compared. */
const seed = 17;

/** Throws AppError, `cancelled` where the terminal was closed; the terminal says it too. */
export async function runTraining(
  training: KeptTraining,
  { out, chunkTokens }: Pick<TrainingRequest, 'out' | 'chunkTokens'>,
  found: TrainingPython | EnvironmentOffer,
  tools: Pick<TrainingTools, 'openClassifier' | 'onLog'>,
  terminal: TrainTerminal,
): Promise<TrainingOutcome> {
  await openTask(training.labelSet, terminal);
  const { signal } = terminal;
  const title = vscode.l10n.t('Training a model for “{0}”', training.labelSet);
  terminal.line(title);
  terminal.line(vscode.l10n.t('Ctrl+C, or closing this terminal, stops it. What was reached is kept.'));
  try {
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async (status) => {
      const onLine = (line: string) => {
        terminal.line(line);
      };
      const python = found.kind === 'ready' ? found : await makeEnvironment(found, { signal, onLine });
      const { base, rows, rules } = training;
      const labelTexts = new Map(training.labelTexts);
      return trainModel(
        { base, out, rows, labelTexts, rules, chunkTokens, keptBackShare, seed, startOver: false },
        {
          ...tools,
          python,
          signal,
          onProgress: (progress) => {
            const line = progressLine(progress);
            if (line?.isLive) terminal.live(line.text);
            else if (line) terminal.line(line.text);
            const message = shortProgress(progress);
            if (message !== undefined) status.report({ message });
          },
        },
      );
    });
  } catch (error) {
    terminal.line(failureText(error));
    terminal.end(1);
    throw error;
  }
}

function failureText(error: unknown): string {
  if (!(error instanceof AppError)) return String(error);
  if (error.code !== 'cancelled') return error.message;
  return vscode.l10n.t('Stopped. “GLiTag: Train a Model on My Decisions” offers to go on from here.');
}
