// The files of `glitag decide`: read as `glitag tag` reads them, and named relative to the working directory.
import fs from 'node:fs';
import path from 'node:path';
import { hasUri } from '../../core/review/decision';
import { placeText } from '../../core/review/decidedPlaces';
import type { DocumentKey } from '../../core/review/decision';
import type { PlaceText } from '../../core/review/steps';
import { AppError } from '../../shared/errors';
import { isIn } from '../../workspace/contained/isIn';
import { NodeFileTree, filePath, fileUri } from '../../workspace/find/nodeFileTree';
import { skipSentence } from '../../workspace/find/skipReasons';
import { readDocument } from '../../workspace/read/readDocument';
import { readParts } from '../../workspace/read/readParts';
import { partOfPath } from '../../workspace/split/parts';
import type { ReadOptions, ReadRefusal } from '../../workspace/types';
import { rootsOf } from '../tag/inputs';
import { workingDirectory, type DecidedFolders } from './decidedFolders';

/** The key of a file by its path: relative to the working directory, or a folder; the URI of a file that lies outside. */
export function fileKey(file: string, folders: DecidedFolders = workingDirectory): DocumentKey {
  for (const [root, folder] of folders)
    if (isIn(file, folder)) return { root, path: path.relative(folder, file).split(path.sep).join('/') };
  return { root: '', path: fileUri(file) };
}

/** The file of a key; null where it is no file, such as an imported text. */
export function keyFile(key: DocumentKey, folders: DecidedFolders = workingDirectory): string | null {
  const { root, path: name } = key;
  if (hasUri(key)) return name.startsWith('file:') ? filePath(name) : null;
  return path.join(folders.get(root) ?? path.join(folders.get('') ?? '', root), ...name.split('/'));
}

/** Tells decisions on the files and folders that a command names; on all where it names none. */
export function onPaths(paths: readonly string[]): (place: DocumentKey) => boolean {
  const wanted = paths.map((file) => fileKey(file).path);
  return (place) => wanted.length === 0 || wanted.some((one) => one === '' || isOf(placeText(place), one));
}

/** Whether a document, by its path, is one of a file or folder. Not what only begins alike: `C#/a.md` is not in `C`. */
function isOf(path: string, wanted: string): boolean {
  const file = partOfPath(path)?.file ?? path;
  return path === wanted || file === wanted || file.startsWith(`${wanted}/`);
}

/** Text and hash of a file as `glitag tag` would read it; null where there is none or it is no text. */
export async function readKey(key: DocumentKey): Promise<{ readonly text: string; readonly hash: string } | null> {
  const file = keyFile(key);
  if (file === null || !fs.existsSync(file)) return null;
  const read = await readDocument(new NodeFileTree(), placeOf(file), {});
  return read.ok ? read : null;
}

/**
 * Files, globs, and parts of files (`rows.csv#row-3`), each once. Throws AppError `input-invalid` for folders and for what is not there,
 * `document-unreadable`.
 */
export async function decidedFiles(paths: readonly string[], reading: ReadOptions = {}): Promise<PlaceText[]> {
  const parts = paths.map(partOf).filter((part) => part !== null);
  const roots = await rootsOf(paths.filter((one) => partOf(one) === null));
  const files = [...new Set(roots.map(({ uri }) => uri))].map(filePath);
  const whole = await Promise.all(files.map((file) => decidedFile(file, reading)));
  return [...whole, ...(await decidedParts(parts, reading))];
}

async function decidedFile(file: string, reading: ReadOptions): Promise<PlaceText> {
  if (fs.statSync(file).isDirectory())
    throw new AppError('input-invalid', `${shown(file)} is a folder. Name the files to decide on.`);
  const read = await readDocument(new NodeFileTree(), placeOf(file), reading);
  if (read.ok) return { ...fileKey(file), passage: null, textHash: read.hash };
  throw unreadable(file, read);
}

interface NamedPart {
  readonly file: string;
  readonly key: string;
}

/** A name may have a # of its own. */
function partOf(given: string): NamedPart | null {
  const part = partOfPath(given);
  return !part || fs.existsSync(given) || !fs.existsSync(part.file)
    ? null
    : { file: path.resolve(part.file), key: part.key };
}

/** Each file is read once, however many of its parts are named. */
async function decidedParts(parts: readonly NamedPart[], reading: ReadOptions): Promise<PlaceText[]> {
  const files = new Map<string, ReadonlyMap<string, string>>();
  const places = new Map<string, PlaceText>();
  for (const { file, key } of parts) {
    const hashes = files.get(file) ?? (await partHashes(file, reading));
    files.set(file, hashes);
    const textHash = hashes.get(key);
    if (textHash === undefined) throw new AppError('input-invalid', `${shown(file)} has no part ${key}.`);
    const { root, path: name } = fileKey(file);
    places.set(`${name}#${key}`, { root, path: `${name}#${key}`, passage: null, textHash });
  }
  return [...places.values()];
}

async function partHashes(file: string, reading: ReadOptions): Promise<ReadonlyMap<string, string>> {
  const place = placeOf(file);
  const rule = reading.splitOf?.(place.path);
  if (!rule)
    throw new AppError(
      'input-invalid',
      `${shown(file)} is read as a whole. Say how it is split with --split, such as “csv: column”.`,
    );
  const read = await readParts(new NodeFileTree(), place, rule, reading);
  if (!read.ok) throw unreadable(file, read);
  return new Map(read.parts.map((part) => [part.key, part.hash]));
}

function unreadable(file: string, refusal: ReadRefusal): AppError {
  return new AppError('document-unreadable', `${shown(file)} cannot be decided on: ${skipSentence(refusal)}`);
}

function placeOf(file: string) {
  return { uri: fileUri(file), root: '', path: path.basename(file) };
}

function shown(file: string): string {
  return path.relative('', file);
}
