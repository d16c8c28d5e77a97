// Decided texts of the label set in use as upstream's training rows, for "Export Decisions" and for training.
import type { Decision } from '../../core/review/decision';
import { exportRows, type DocumentText, type LeftOut, type PlacedRow } from '../../core/review/exchange/exportRows';
import type { LabelSet } from '../../core/labelSet';
import { isPart } from '../../workspace/split/parts';
import { sha256 } from '../../workspace/read/sha256';
import type { DocumentPlace } from '../../workspace/types';
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
  keys: Pick<DocumentKeys, 'placeOf'>,
): Promise<TrainingRows> {
  const own = decisions.filter((one) => one.set === set.name);
  const rows: PlacedRow[] = [];
  const leftOut: LeftOut[] = [];
  const read = (key: Decision) => textNow(keys.placeOf(key), texts);
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
  place: Pick<DocumentPlace, 'uri' | 'path'> | null,
  texts: Pick<DocumentTexts, 'now'>,
): Promise<DocumentText | null> {
  if (place === null) return null;
  const now = await texts.now(place);
  if (!now.ok) return null;
  // A document that was tagged without the index is decided on with its front matter.
  return { text: now.text, hashes: (isPart(place.uri) ? [now.text] : [now.text, now.document]).map(sha256) };
}
