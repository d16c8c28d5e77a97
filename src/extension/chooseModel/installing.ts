// A model on its way into the store: a notification says how far it is, with MB and the time left, and can cancel it.
import * as vscode from 'vscode';
import type { InstalledModel } from '../../models/installRecord';
import type { InstallOptions, InstallProgress } from '../../models/installOptions';
import { signalOf } from '../host/signalOf';
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
  const location = vscode.ProgressLocation.Notification;
  const model = await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    let latest: InstallProgress | null = null;
    const say = sayer(progress);
    const timer = setInterval(() => {
      if (latest) say(latest);
    }, sayEveryMs);
    try {
      return await install({
        signal: signalOf(token),
        onProgress: (now) => {
          latest = now;
        },
      });
    } finally {
      clearInterval(timer);
    }
  });
  installed.tell();
  return model;
}

function sayer(progress: vscode.Progress<{ message: string; increment: number }>): (now: InstallProgress) => void {
  const pace = new DownloadPace();
  let saidShare = 0;
  return ({ doneBytes, totalBytes }) => {
    // A file that is begun again takes nothing back from the bar.
    const share = Math.max(saidShare, totalBytes === 0 ? 0 : (100 * doneBytes) / totalBytes);
    const message = downloadText(doneBytes, totalBytes, pace.secondsLeft(doneBytes, totalBytes, Date.now()));
    progress.report({ increment: share - saidShare, message });
    saidShare = share;
  };
}
