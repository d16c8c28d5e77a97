// What a search for words finds, in the order of its nearness to a sentence.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { searchPattern } from '../../core/searchPattern';
import { rankPassages } from '../../shared/passages/rankPassages';
import type { FileTree } from '../../workspace/types';
import type { Answer } from '../answers/answer';
import { passageFile, passageIn } from '../answers/passageIn';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Models } from '../models/models';
import type { Config } from '../settings/config';
import type { DocumentTexts } from '../workspace/documentTexts';
import { mostPassages, searchedPassages } from './searchedPassages';
import { searchedTexts } from './searchedTexts';

/** Passages of an answer. */
const most = 50;

export interface RerankParts {
  readonly tree: FileTree;
  readonly labelSets: LabelSets;
  readonly models: Pick<Models, 'of'>;
  readonly config: Config;
  readonly texts: DocumentTexts;
  readonly activity: Activity;
  readonly reporter: Reporter;
}

export interface Search {
  /** See searchPattern. */
  readonly words: string;
  readonly sentence: string;
}

/** Null where nothing was found, which the user has been told. Throws AppError, `cancelled` too. */
export async function rerankAnswer(search: Search, parts: RerankParts): Promise<Answer | null> {
  const { words, sentence } = search;
  const model = parts.models.of(parts.labelSets.active().model);
  return parts.activity.run('working', vscode.l10n.t('Re-ranking search results'), async ({ signal }) => {
    const searched = await searchedPassages(searchPattern(words), searchedTexts(parts, signal));
    const { sources, passages, cut } = searched;
    if (passages === 0) {
      parts.reporter.notice(vscode.l10n.t('The search for “{0}” found nothing.', words));
      return null;
    }
    const ranked = await rankPassages(model, sentence, sources, {
      top: most,
      perDocument: most,
      priority: 'interactive',
      signal,
    });
    const files = new Map(sources.map(({ id, text }) => [id, passageFile(text)]));
    return {
      kind: 'passages',
      title: sentence,
      description: describe(words, passages, ranked.length),
      ...(cut
        ? {
            notice: vscode.l10n.t(
              'Only the first {0} passages with “{1}” were read. Search for more words, or rarer ones.',
              wholeNumber(mostPassages),
              words,
            ),
          }
        : {}),
      children: ranked.map(({ id, score, ...span }) =>
        passageIn(vscode.Uri.parse(id), files.get(id) ?? passageFile(''), span, score),
      ),
      again: () => rerankAnswer(search, parts),
    };
  });
}

function describe(words: string, passages: number, shown: number): string {
  if (shown < passages)
    return vscode.l10n.t('best {0} of {1} passages with “{2}”', shown, wholeNumber(passages), words);
  return passages === 1
    ? vscode.l10n.t('1 passage with “{0}”', words)
    : vscode.l10n.t('{0} passages with “{1}”', wholeNumber(passages), words);
}
