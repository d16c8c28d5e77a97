// One file of the hub: streamed into a `.part` file beside its place, hashed on the way, gone on with where it was cut.
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from '../../inference/process/waiters';
import { AppError } from '../../shared/errors';
import { explainWriting } from '../diskSpace';
import { DigestCheck } from './fileDigest';
import type { HubAnswer, HubConnection } from './hubConnection';
import type { HubFile, HubModel } from './hubModel';
import { refusal } from './hubModel';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** So many bytes are there; fewer than before where a file must be begun again. */
  readonly onBytes: (bytes: number) => void;
  /** Waits before tries that follow on one another without a byte in between. */
  readonly retryDelaysMs: readonly number[];
}

/** A try that another may better: the connection was cut, or the server is busy. */
class Cut extends Error {
  constructor(override readonly cause: AppError) {
    super(cause.message);
  }
}

/**
 * @param target Absolute path of the file.
 * @returns sha256 of the content, hexadecimal.
 * @throws AppError download-damaged, disk-full, server-unreachable, server-refused, server-protocol, model-missing, cancelled. What
 * came is kept, but for a file that is damaged.
 */
export async function downloadFile(
  hub: HubConnection,
  model: HubModel,
  file: HubFile,
  target: string,
  { signal, onBytes, retryDelaysMs }: DownloadOptions,
): Promise<string> {
  const part = `${target}.part`;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  for (let failures = 0, wasDamaged = false; ; ) {
    const before = sizeOf(part);
    try {
      const { isRight, sha256 } = await downloadRest(hub, model, file, part, signal, onBytes);
      if (isRight) {
        fs.renameSync(part, target);
        fs.rmSync(tagFile(part), { force: true });
        return sha256;
      }
      removePart(part);
      // Bytes of an earlier try may be to blame; those of a single try are the server's.
      if (before === 0 || wasDamaged) throw damaged(hub, model, file, 'its content is not what the hub lists');
      wasDamaged = true;
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
      failures = sizeOf(part) > before ? 0 : failures + 1;
      const delayMs = retryDelaysMs[failures === 0 ? 0 : failures - 1];
      if (delayMs === undefined) throw error.cause;
      await sleep(delayMs, undefined, { signal }).catch(() => {
        throw cancelled();
      });
    }
  }
}

async function downloadRest(
  hub: HubConnection,
  model: HubModel,
  file: HubFile,
  part: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<{ readonly isRight: boolean; readonly sha256: string }> {
  if (sizeOf(part) > file.size) removePart(part);
  const asked = sizeOf(part);
  const response = asked < file.size || file.size === 0 ? await ask(hub, model, file, part, asked, signal) : null;
  // A server that does not give a part gives the whole.
  const start = response === null || response.statusCode === 206 ? asked : 0;
  const output = await fsp.open(part, start === 0 ? 'w' : 'a');
  try {
    const check = new DigestCheck(file.digest, file.size);
    if (start > 0) await feed(part, start, check, signal);
    onBytes(start);
    if (response !== null) await receive(response, output, start, check);
    await output.sync();
    return check.end();
  } catch (error) {
    throw explainWriting(error, path.dirname(part));
  } finally {
    response?.destroy();
    await output.close();
  }

  async function receive(from: HubAnswer, to: fsp.FileHandle, begin: number, check: DigestCheck): Promise<void> {
    let written = begin;
    const stream = from[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (;;) {
      const next = await stream.next().catch((error: unknown) => {
        throw cutOr(hub.explain(error, signal));
      });
      if (signal.aborted) throw cancelled();
      if (next.done === true) break;
      if (written + next.value.length > file.size) {
        removePart(part);
        throw damaged(hub, model, file, `it is larger than the ${file.size} bytes that the hub lists`);
      }
      await to.writeFile(next.value);
      check.update(next.value);
      written += next.value.length;
      onBytes(written);
    }
    if (written < file.size)
      throw new Cut(damaged(hub, model, file, `it ends after ${written} of the ${file.size} bytes that the hub lists`));
  }
}

async function ask(
  hub: HubConnection,
  model: HubModel,
  file: HubFile,
  part: string,
  start: number,
  signal: AbortSignal,
): Promise<HubAnswer> {
  const tag = fs.existsSync(tagFile(part)) ? fs.readFileSync(tagFile(part), 'utf8') : null;
  const range = start === 0 ? {} : { Range: `bytes=${start}-`, ...(tag === null ? {} : { 'If-Range': tag }) };
  const name = file.path.split('/').map(encodeURIComponent).join('/');
  const response = await hub.get(`${model.id}/resolve/${model.commit}/${name}`, range, signal).catch((error: unknown) => {
    throw error instanceof AppError ? cutOr(error) : error;
  });
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode === 416) {
      removePart(part);
      throw new Cut(refusal(hub, file.path, statusCode));
    }
    if (statusCode !== 200 && statusCode !== 206) throw cutOr(refusal(hub, `${model.id}/${file.path}`, statusCode));
    if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
      throw new AppError('server-protocol', `${hub.host}: it packs files that were asked for as they are.`);
    checkSizes(hub, model, file, start, response);
    const etag = headers.etag;
    // A weak one says nothing of bytes.
    if (etag !== undefined && !etag.startsWith('W/')) fs.writeFileSync(tagFile(part), etag);
    else fs.rmSync(tagFile(part), { force: true });
    return response;
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** Before the first byte is written. */
function checkSizes(hub: HubConnection, model: HubModel, file: HubFile, start: number, answer: HubAnswer): void {
  const { statusCode, headers } = answer;
  if (statusCode === 206 && headers['content-range'] !== `bytes ${start}-${file.size - 1}/${file.size}`)
    throw new AppError('server-protocol', `${hub.host}: it sends another part of ${file.path} than was asked for.`);
  const length = headers['content-length'];
  const expected = statusCode === 206 ? file.size - start : file.size;
  if (length !== undefined && Number(length) !== expected)
    throw damaged(hub, model, file, `it has ${Number(length)} bytes, not the ${expected} that the hub lists`);
}

/** Whatever may pass. */
function cutOr(error: AppError): Error {
  return error.code === 'server-unreachable' ? new Cut(error) : error;
}

function damaged(hub: HubConnection, { id, commit }: HubModel, { path: name }: HubFile, why: string): AppError {
  return new AppError(
    'download-damaged',
    `${name} of ${id} (${commit.slice(0, 8)}) from ${hub.host} is damaged: ${why}. Nothing of it is used. Try again, or another host.`,
  );
}

async function feed(part: string, bytes: number, check: DigestCheck, signal: AbortSignal): Promise<void> {
  for await (const piece of fs.createReadStream(part, { end: bytes - 1, highWaterMark: 1 << 20 })) {
    if (signal.aborted) throw cancelled();
    check.update(piece as Buffer);
  }
}

function sizeOf(part: string): number {
  return fs.statSync(part, { throwIfNoEntry: false })?.size ?? 0;
}

/** Holds the strong entity tag that the server gave with the first bytes. */
function tagFile(part: string): string {
  return `${part}.etag`;
}

function removePart(part: string): void {
  fs.rmSync(part, { force: true });
  fs.rmSync(tagFile(part), { force: true });
}
