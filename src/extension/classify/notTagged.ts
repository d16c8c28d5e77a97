// Says which files got no tags and why, in one message.
import * as vscode from 'vscode';
import { skipSentence } from '../../workspace/find/skipReasons';
import type { Skip } from '../../workspace/types';

/** More are in the view, each with its reason. */
const maxNamed = 5;

export function notTagged(skips: readonly Pick<Skip, 'path' | 'reason' | 'detail'>[]): string {
  const named = skips.slice(0, maxNamed).map((skip) => `${skip.path} (${skipSentence(skip)})`);
  const more = skips.length - named.length;
  const list = more > 0 ? vscode.l10n.t('{0} and {1} more', named.join(', '), more) : named.join(', ');
  return vscode.l10n.t('Not tagged: {0}', list);
}
