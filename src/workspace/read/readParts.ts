// Reads a file that is split: its parts, each with the hash of its text; or why it has none.
import type { Excerpt } from '../../core/excerpt';
import { isExport } from '../export/isExport';
import { Breather } from '../flow/breather';
import { SplitRefusal } from '../split/parts';
import { ruleText, type SplitRule } from '../split/splitRule';
import { splitText } from '../split/splitText';
import type { FileTree, FoundFile, ReadOptions, ReadRefusal } from '../types';
import { textHash } from './editorText';
import { readFileText } from './readDocument';
import { readingOf } from './readableText';

export interface FilePart extends Excerpt {
  /** sha256 of its text, hex. */
  readonly hash: string;
}

export type PartsResult =
  | {
      readonly ok: true;
      readonly parts: readonly FilePart[];
      /** The whole file, in which the parts' offsets count. */
      readonly file: string;
      /** Of the whole file. */
      readonly hash: string;
      readonly fromEditor: boolean;
    }
  | ReadRefusal;

/** Names how a file is read, as `readingOf` does for whole files. */
export function splitReading(uri: string, rule: SplitRule, options: ReadOptions): string {
  return `split: ${ruleText(rule)}; ${readingOf(uri, options)}`;
}

/** Never rejects for a file's own fault. At least one part has a text. */
export async function readParts(
  tree: FileTree,
  file: Pick<FoundFile, 'uri'>,
  rule: SplitRule,
  options: ReadOptions,
): Promise<PartsResult> {
  const read = await readFileText(tree, file, options);
  if (!read.ok) return read;
  if (isExport(read.text)) return { ok: false, reason: 'export', detail: '' };
  try {
    const parts = await hashed(await splitText(file.uri, read.text, rule, options));
    if (parts.length === 0) return { ok: false, reason: 'empty', detail: '' };
    return { ok: true, parts, file: read.text, hash: await textHash(read.text), fromEditor: read.fromEditor };
  } catch (error) {
    if (!(error instanceof SplitRefusal)) throw error;
    return { ok: false, reason: 'unfit', detail: `“${ruleText(rule)}”: ${error.message}` };
  }
}

async function hashed(excerpts: readonly Excerpt[]): Promise<FilePart[]> {
  const breather = new Breather();
  const parts: FilePart[] = [];
  for (const excerpt of excerpts) {
    parts.push({ ...excerpt, hash: await textHash(excerpt.text) });
    if (breather.due) await breather.pause();
  }
  return parts;
}
