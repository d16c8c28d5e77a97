// Reads one document: the editor's text where it has unsaved changes, otherwise the bytes on disk, checked and decoded.
import { isBinaryFile } from 'isbinaryfile';
import { refusalText, sizeText } from '../find/skipReasons';
import { defaultLimits } from '../types';
import type { FileTree, FoundFile, ReadLimits, ReadOptions, ReadRefusal, ReadResult, SkipReason } from '../types';
import { announcedEncoding, decodeStrictly, isKnownEncoding, unicodeEncoding } from './encodings';
import { editorLineEndings, minifiedLine, textHash } from './editorText';
import { readableText, readingOf } from './readableText';

/** A zero byte in these first bytes means that a file is no text; git looks as far. */
const sniffBytes = 8_192;

/** Never rejects for a file's own fault: that is a result with its reason. */
export async function readDocument(
  tree: FileTree,
  file: Pick<FoundFile, 'uri'>,
  options: ReadOptions,
): Promise<ReadResult> {
  const read = await readFileText(tree, file, options);
  return read.ok ? checked(file.uri, read.text, { ...defaultLimits, ...options }, read.fromEditor) : read;
}

type FileText = { readonly ok: true; readonly text: string; readonly fromEditor: boolean } | ReadRefusal;

/** The whole file as the editor has it, if it is text and not blank. */
export async function readFileText(
  tree: FileTree,
  file: Pick<FoundFile, 'uri'>,
  options: ReadOptions,
): Promise<FileText> {
  const limits = { ...defaultLimits, ...options };
  const edited = options.textOf?.(file.uri);
  if (edited !== undefined) {
    // The editor's text may hold lone surrogates of a half-typed pair; length is a good enough measure of its size.
    if (edited.length > limits.maxFileBytes) return tooLarge(edited.length, limits.maxFileBytes);
    return notBlank(edited, true);
  }
  let bytes: Uint8Array;
  try {
    bytes = await tree.readFile(file.uri);
  } catch (error) {
    return refused('unreadable', refusalText(error));
  }
  // The file may have grown since it was found.
  if (bytes.length > limits.maxFileBytes) return tooLarge(bytes.length, limits.maxFileBytes);
  const decoded = await decode(bytes, options.encodingOf?.(file.uri) ?? 'utf8');
  return decoded.ok ? notBlank(editorLineEndings(decoded.text), false) : decoded;
}

function notBlank(text: string, fromEditor: boolean): FileText {
  return text.trim() === '' ? refused('empty', '') : { ok: true, text, fromEditor };
}

type Decoded = { readonly ok: true; readonly text: string } | ReadRefusal;

async function decode(bytes: Uint8Array, configured: string): Promise<Decoded> {
  const announced = announcedEncoding(bytes);
  const encoding = announced?.encoding ?? configured;
  if (!(await isKnownEncoding(encoding))) return refused('undecodable', `the encoding “${encoding}” is not known`);
  const unicode = unicodeEncoding(encoding);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, sniffBytes));
  if (unicode !== 'utf-16le' && unicode !== 'utf-16be' && head.includes(0)) return refused('binary', '');
  const text = await decodeStrictly(bytes.subarray(announced?.bomLength ?? 0), encoding);
  // Control characters tell data from a text in another encoding, whose high bytes are letters.
  if (text === null) {
    const binary = announced === null && (await isBinaryFile(head, { encoding: 'latin1' }));
    return binary ? refused('binary', '') : refused('undecodable', `not valid ${encoding}`);
  }
  if (unicode === 'utf-8' && (await isBinaryFile(head))) return refused('binary', '');
  return { ok: true, text };
}

async function checked(
  uri: string,
  file: string,
  options: ReadOptions & ReadLimits,
  fromEditor: boolean,
): Promise<ReadResult> {
  const { text, runs, given } = readableText(uri, file, options);
  if (text.trim() === '') return refused('empty', 'nothing but front matter');
  const long = minifiedLine(text, options.maxLineLength);
  if (long !== null) return refused('minified', `a line of ${long} characters, limit ${options.maxLineLength}`);
  const source = { reading: readingOf(uri, options), runs, given };
  return { ok: true, text, file, source, hash: await textHash(text), fromEditor };
}

function tooLarge(size: number, limit: number): ReadResult {
  return refused('too-large', `${sizeText(size)}, limit ${sizeText(limit)}`);
}

function refused(reason: SkipReason, detail: string): ReadRefusal {
  return { ok: false, reason, detail };
}
