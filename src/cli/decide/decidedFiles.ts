// The files of `glitag decide`: read as `glitag tag` reads them, and named relative to the working directory.
import fs from 'node:fs';
import path from 'node:path';
import { hasUri } from '../../core/review/decision';
import type { DocumentKey } from '../../core/review/decision';
import type { PlaceText } from '../../core/review/steps';
import { AppError } from '../../shared/errors';
import { NodeFileTree, filePath, fileUri } from '../../workspace/find/nodeFileTree';
import { skipSentence } from '../../workspace/find/skipReasons';
import { readDocument } from '../../workspace/read/readDocument';
import { rootsOf } from '../tag/inputs';

/** The key of a file by its path: relative to the working directory; the URI of a file that lies outside. */
export function fileKey(file: string): DocumentKey {
  const relative = path.relative('', file);
  const outside = relative.startsWith('..') || path.isAbsolute(relative);
  return { root: '', path: outside ? fileUri(file) : relative.split(path.sep).join('/') };
}

/** The file of a key; null where it is no file, such as an imported text. */
export function keyFile(key: DocumentKey): string | null {
  const { root, path: name } = key;
  if (hasUri(key)) return name.startsWith('file:') ? filePath(name) : null;
  return path.join(root, ...name.split('/'));
}

/** Text and hash of a file as `glitag tag` would read it; null where there is none or it is no text. */
export async function readKey(key: DocumentKey): Promise<{ readonly text: string; readonly hash: string } | null> {
  const file = keyFile(key);
  if (file === null || !fs.existsSync(file)) return null;
  const read = await readDocument(new NodeFileTree(), placeOf(file), {});
  return read.ok ? read : null;
}

/** Files and globs, each once. Throws AppError `input-invalid` for folders and for what is not there, `document-unreadable`. */
export async function decidedFiles(paths: readonly string[]): Promise<PlaceText[]> {
  const files = [...new Set((await rootsOf(paths)).map(({ uri }) => uri))].map(filePath);
  return Promise.all(
    files.map(async (file) => {
      if (fs.statSync(file).isDirectory())
        throw new AppError('input-invalid', `${shown(file)} is a folder. Name the files to decide on.`);
      const read = await readDocument(new NodeFileTree(), placeOf(file), {});
      if (read.ok) return { ...fileKey(file), passage: null, textHash: read.hash };
      const sentence = skipSentence(read);
      throw new AppError('document-unreadable', `${shown(file)} cannot be decided on: ${sentence}`);
    }),
  );
}

function placeOf(file: string) {
  return { uri: fileUri(file), root: '', path: path.basename(file) };
}

function shown(file: string): string {
  return path.relative('', file);
}
