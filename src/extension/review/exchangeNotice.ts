// What an export or import of decisions did, and why it did not do more.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { Reporter } from '../host/report';

/** `not`: what did not happen to the rest. Names the first reason; the log has all. */
export function tellWithReasons(done: string, not: string, reasons: readonly string[], reporter: Reporter): void {
  if (reasons.length === 0) reporter.notice(done);
  else if (reasons.length === 1) reporter.notice(vscode.l10n.t('{0} {1}: {2}.', done, not, reasons[0] ?? ''));
  else
    reporter.notice(
      vscode.l10n.t('{0} {1}: {2} (the log has all {3}).', done, not, reasons[0] ?? '', wholeNumber(reasons.length)),
      { title: vscode.l10n.t('Show Log'), id: 'glitag.showLog' },
    );
}
