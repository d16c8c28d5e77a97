// Compares the parts of a split file with the index: by the file's size and time, and part by part where it changed.
import { pages } from '../flow/pages';
import { Breather } from '../flow/breather';
import { readParts, splitReading, type FilePart, type PartsResult } from '../read/readParts';
import { keptTime } from '../read/settled';
import { partUri } from '../split/parts';
import type { SplitRule } from '../split/splitRule';
import type { DiskRecord, DiskRecords, SeenFile } from '../store/diskRecords';
import { partRange } from '../store/sources';
import type { FileTree, ReadOptions } from '../types';
import type { Finding } from './checkDisk';

export interface PartCheckParts {
  readonly tree: FileTree;
  readonly records: DiskRecords;
  readonly read: ReadOptions;
  readonly now: () => number;
  /** A document of the index was met. */
  readonly seen: (id: number) => void;
}

interface DiskFile {
  readonly uri: string;
  readonly size: number;
  readonly mtimeMs: number;
}

const pageSize = 512;

/** Null where the index knows no part of the file under the task: it is a new file, or was left out. */
export async function checkParts(
  { tree, records, read, now, seen }: PartCheckParts,
  file: DiskFile,
  rule: SplitRule,
): Promise<Finding[] | null> {
  const whole = records.find(file.uri);
  if (whole) seen(whole.id);
  const reading = splitReading(file.uri, rule, read);
  const uris: string[] = [];
  const breather = new Breather();
  for await (const page of pages((after) => records.page(partRange(file.uri), after, pageSize))) {
    for (const { id, uri } of page) {
      seen(id);
      uris.push(uri);
    }
    if (breather.due) await breather.pause();
  }
  // Then no part is asked for but until one is found that has tags. Parts that are not there yet came with a change that was seen before.
  const isSame =
    whole?.reading === reading &&
    whole.mtimeMs === file.mtimeMs &&
    whole.size === file.size &&
    whole.parts === uris.length &&
    read.textOf?.(file.uri) === undefined;
  const known = new Map<string, DiskRecord>();
  let hasTags = false;
  for (const uri of uris) {
    const record: DiskRecord | null = isSame && hasTags ? null : records.find(uri);
    if (record) known.set(uri, record);
    hasTags ||= record?.tagged === true;
    if (breather.due) await breather.pause();
  }
  const stale: Finding[] = whole?.tagged === true ? [unread(file, whole)] : [];
  if (!whole || !hasTags) return stale.length > 0 ? stale : null;
  if (isSame) return stale;
  const readAtMs = now();
  const result = await readParts(tree, file, rule, read);
  if (!result.ok) return [...stale, ...Array.from(known, ([uri, record]) => unread({ ...file, uri }, record))];
  const mtimeMs = keptTime(file.mtimeMs, readAtMs, result.fromEditor);
  const source = { reading, runs: [], given: [], parts: result.parts.length };
  const seenNow: SeenFile = { size: file.size, mtimeMs, hash: result.hash, source };
  const findings: Finding[] = [...stale, { type: 'touched', uri: file.uri, record: whole, now: seenNow }];
  return [...findings, ...compared(file, known, result, reading, mtimeMs, (uri) => records.isSkipped(uri))];
}

function compared(
  { uri, size }: DiskFile,
  known: Map<string, DiskRecord>,
  { parts }: Extract<PartsResult, { ok: true }>,
  reading: string,
  mtimeMs: number,
  isSkipped: (uri: string) => boolean,
): Finding[] {
  const findings = parts.map((part): Finding => {
    const at = partUri(uri, part.key);
    const record = known.get(at);
    known.delete(at);
    return record?.tagged === true
      ? { type: 'touched', uri: at, record, now: { size, mtimeMs, hash: part.hash, source: sourceOf(part, reading) } }
      : { type: record?.contentHash === part.hash && isSkipped(at) ? 'same' : 'added', uri: at };
  });
  return [...findings, ...Array.from(known.keys(), (at): Finding => ({ type: 'gone', uri: at }))];
}

function sourceOf({ runs, given }: FilePart, reading: string) {
  return { reading, runs, given };
}

/** Its text is another one, as far as is known. */
function unread({ uri, size, mtimeMs }: DiskFile, record: DiskRecord): Finding {
  return { type: 'touched', uri, record, now: { size, mtimeMs, hash: null, source: null } };
}
