// Decided texts of the label set in use as upstream's training rows, for "Export Decisions" and for training.
import type { Decision } from '../../core/review/decision';
import { exportRows, type DocumentText, type LeftOut, type PlacedRow } from '../../core/review/exchange/exportRows';
import type { LabelSet } from '../../core/labelSet';
import { fileOf, isPart } from '../../workspace/split/parts';
import { sha256 } from '../classify/tagger';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { DocumentKeys } from './documentKeys';

export interface TrainingRows {
  readonly rows: readonly PlacedRow[];
  readonly leftOut: readonly LeftOut[];
}

/** `decisions`: of whatever sets. Texts are read as the window has them now, parts of files too. */
export async function trainingRows(
  decisions: readonly Decision[],
  set: LabelSet,
  confidence: boolean,
  texts: Pick<DocumentTexts, 'now'>,
  keys: Pick<DocumentKeys, 'uriOf'>,
): Promise<TrainingRows> {
  const own = decisions.filter((one) => one.set === set.name);
  const rows: PlacedRow[] = [];
  const leftOut: LeftOut[] = [];
  const read = (key: Decision) => textNow(key, keys.uriOf(key), texts);
  for await (const one of exportRows([own], set, { confidence, read, hashOf: sha256 })) {
    if ('row' in one) rows.push(one);
    else leftOut.push(one.leftOut);
  }
  return { rows, leftOut };
}

/** One row a line, so that differences are seen; all together a JSON array, as upstream's trainer reads it. */
export function rowsText(rows: readonly Pick<PlacedRow, 'row'>[]): string {
  return `[\n${rows.map(({ row }) => JSON.stringify(row)).join(',\n')}\n]\n`;
}

async function textNow(
  key: Decision,
  uri: string | null,
  texts: Pick<DocumentTexts, 'now'>,
): Promise<DocumentText | null> {
  if (uri === null) return null;
  const part = isPart(uri) ? uri.slice(fileOf(uri).length) : '';
  const now = await texts.now({ uri, path: key.path.slice(0, key.path.length - part.length) });
  if (!now.ok) return null;
  // A document that was tagged without the index is decided on with its front matter.
  return { text: now.text, hashes: (part === '' ? [now.text, now.document] : [now.text]).map(sha256) };
}
