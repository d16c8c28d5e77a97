// Says each reason for which a file gets no tags in words.
import type { Skip, SkipReason } from '../types';

const sentences: Readonly<Record<SkipReason, string>> = {
  excluded: 'Left out by an exclude setting',
  ignored: 'Left out by an ignore file',
  symlink: 'A symbolic link; links are not followed',
  'special-file': 'Not a regular file',
  'too-large': 'Larger than the size limit',
  empty: 'Holds no text',
  binary: 'Not text',
  minified: 'Machine-made text with very long lines',
  unfit: 'Does not fit its rule (“glitag.split”, or --split)',
  undecodable: 'Its bytes are not valid in its encoding',
  export: 'Tags that GLiTag exported',
  unreadable: 'Cannot be read',
  failed: 'The model could not classify it',
};

/** One sentence without a full stop: `Larger than the size limit: 2.1 MB, limit 1.0 MB`. */
export function skipSentence(skip: Pick<Skip, 'reason' | 'detail'>): string {
  const sentence = sentences[skip.reason];
  return skip.detail === '' ? sentence : `${sentence}: ${skip.detail}`;
}

/** A size as people read it. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${size.toFixed(1)} ${unit}`;
}

/** Whether a refusal (as `refusalText` gives it) says that there is no such file: Node's codes, and the editor's. */
export function isGone(refusal: string): boolean {
  return ['ENOENT', 'ENOTDIR', 'FileNotFound'].includes(refusal);
}

/** Why the file system refused: its code where there is one, which holds no path and no text. */
export function refusalText(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
