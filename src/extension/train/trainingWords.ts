// What is said while a model is trained.
import * as vscode from 'vscode';
import { timeLeft } from '../../core/tree/words';
import { megabytes } from '../../models/diskSpace';
import type { EnvironmentOffer } from '../../training/python/environment';
import type { TrainEvent } from '../../training/run/trainEvents';
import type { TrainingProgress } from '../../training/run/trainingRequest';

/** `isLive`: the next line takes its place. */
export interface SaidLine {
  readonly text: string;
  readonly isLive: boolean;
}

export function progressLine(progress: TrainingProgress): SaidLine | null {
  switch (progress.stage) {
    case 'preparing':
      return { text: vscode.l10n.t('Preparing'), isLive: false };
    case 'measuring-before':
      return { text: measuringText(vscode.l10n.t('Measuring the model from before'), progress), isLive: true };
    case 'training':
      return trainingLine(progress.event);
    case 'exporting':
      return { text: writing(), isLive: false };
    case 'verifying':
      return { text: vscode.l10n.t('Checking the new model'), isLive: false };
    case 'measuring-after':
      return { text: measuringText(vscode.l10n.t('Measuring the new model'), progress), isLive: true };
  }
}

function measuringText(what: string, { done, total }: { readonly done: number; readonly total: number }): string {
  return vscode.l10n.t('{0}: {1} of {2} texts that were kept back', what, done, total);
}

function writing(): string {
  return vscode.l10n.t('Writing the new model');
}

/** Null where there is nothing to say. */
function trainingLine(event: TrainEvent): SaidLine | null {
  switch (event.event) {
    case 'read': {
      const { texts, of, seconds_left: left } = event;
      return { text: vscode.l10n.t('Reading: {0} of {1} texts, {2} left', texts, of, timeLeft(left)), isLive: true };
    }
    case 'start': {
      const { step, steps } = event;
      const text =
        step === 0
          ? vscode.l10n.t('Training: {0} steps', steps)
          : vscode.l10n.t('Training goes on at step {0} of {1}', step, steps);
      return { text, isLive: false };
    }
    case 'step':
      return { text: vscode.l10n.t('Training: {0}', stepText(event)), isLive: true };
    case 'write':
      return { text: writing(), isLive: false };
    case 'data':
    case 'checkpoint':
    case 'done':
      return null;
  }
}

/** `step 40 of 120, loss 0.1234, about 2 min left` */
function stepText({ step, steps, loss, seconds_left: left }: TrainEvent & { readonly event: 'step' }): string {
  return vscode.l10n.t('step {0} of {1}, loss {2}, {3} left', step, steps, loss.toFixed(4), timeLeft(left));
}

/** For the status bar. */
export function shortProgress(progress: TrainingProgress): string | undefined {
  if (progress.stage === 'training' && progress.event.event === 'step') return stepText(progress.event);
  return progressLine(progress)?.text;
}

/** What is installed first, where, and how large it is. */
export function offerText({ base, environments, size }: EnvironmentOffer): string {
  return vscode.l10n.t(
    'Python packages are installed first (PyTorch, transformers, gliclass, ONNX and what these need): up to {0} to download from the package index that pip is set to, up to {1} on disk, in {2}. They come with {3} ({4}), which stays as it is. To remove them, delete that folder.',
    megabytes(size.downloadBytes),
    megabytes(size.diskBytes),
    environments,
    base.program,
    base.version,
  );
}
