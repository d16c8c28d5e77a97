// A model on its way into the store: a notification says how far it is, with MB and the time left, and can cancel it.
import * as vscode from 'vscode';
import type { InstalledModel } from '../../models/installRecord';
import type { InstallOptions } from '../../models/installOptions';
import type { InstalledModels } from '../models/installedModels';
import { DownloadPace } from './downloadPace';
import { downloadText } from './modelWords';

/** More often nobody reads. */
const sayEveryMs = 250;

/** Throws what `install` throws; AppError cancelled where the user stops it. */
export async function installing(
  title: string,
  installed: InstalledModels,
  install: (options: InstallOptions) => Promise<InstalledModel>,
): Promise<InstalledModel> {
  const model = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      const pace = new DownloadPace();
      let [saidMs, saidShare] = [0, 0];
      return install({
        signal: abort.signal,
        onProgress: ({ doneBytes, totalBytes }) => {
          const now = Date.now();
          if (now - saidMs < sayEveryMs && doneBytes < totalBytes) return;
          saidMs = now;
          const share = totalBytes === 0 ? 0 : (100 * doneBytes) / totalBytes;
          const increment = Math.max(0, share - saidShare);
          saidShare += increment;
          progress.report({
            increment,
            message: downloadText(doneBytes, totalBytes, pace.secondsLeft(doneBytes, totalBytes, now)),
          });
        },
      });
    },
  );
  installed.tell();
  return model;
}
