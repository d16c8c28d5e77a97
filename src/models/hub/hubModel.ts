// What the hub says of a model at one commit: its files with size and hash, and its licence.
import * as v from 'valibot';
import { AppError } from '../../shared/errors';
import { proxyWantsName } from '../../remote/connectionFailures';
import { readUpTo } from '../../remote/readUpTo';
import type { HubReference } from '../modelNames';
import type { FileDigest } from './fileDigest';
import type { HubConnection } from './hubConnection';

export interface HubFile {
  /** In the repository, with “/”. */
  readonly path: string;
  readonly size: number;
  readonly digest: FileDigest;
}

export interface HubModel {
  readonly id: string;
  /** As it was asked for. */
  readonly revision: string;
  /** What the revision is now: 40 hexadecimal digits. */
  readonly commit: string;
  /** As its page says, such as `apache-2.0`; null where that says nothing. */
  readonly license: string | null;
  readonly files: readonly HubFile[];
}

const size = v.pipe(v.number(), v.integer(), v.minValue(0));
const answer = v.object({
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u)),
  cardData: v.optional(v.nullable(v.object({ license: v.optional(v.unknown()) }))),
  siblings: v.array(
    v.object({
      rfilename: v.string(),
      size: v.optional(size),
      blobId: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u))),
      lfs: v.optional(
        v.nullable(v.object({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)), size })),
      ),
    }),
  ),
});

/** A list of files is kilobytes. */
const mostBytes = 16 * 1024 * 1024;

/** @throws AppError model-missing, server-unreachable, server-refused, server-protocol, cancelled. */
export async function readHubModel(
  hub: HubConnection,
  { id, revision }: HubReference,
  signal: AbortSignal,
): Promise<HubModel> {
  const at = encodeURIComponent(revision);
  const response = await hub.get(`api/models/${id}/revision/${at}?blobs=true`, { Accept: 'application/json' }, signal);
  const { statusCode = 0 } = response;
  if (statusCode !== 200) {
    response.destroy();
    throw refusal(hub, `${id}@${revision}`, statusCode);
  }
  const body = await readUpTo(response, mostBytes).catch((error: unknown) => {
    throw hub.explain(error, signal);
  });
  if (body === null) throw protocolError(hub);
  return parse(hub, { id, revision }, body);
}

/** Why the hub does not give what was asked for. */
export function refusal(hub: HubConnection, what: string, status: number): AppError {
  if (status === 404) return new AppError('model-missing', `${hub.host} has no ${what}. Check its name and revision.`);
  if (status === 401 || status === 403)
    return hub.refused(
      `${what} is not open to all, or there is none (${status}). Accept its terms on its page, and give a token (HF_TOKEN)`,
    );
  if (status === 407) return hub.refused(proxyWantsName);
  if (status === 429 || status >= 500)
    return new AppError('server-unreachable', `${hub.host}: it is busy or broken (${status}). Try again later.`);
  return hub.refused(`it refuses ${what} (${status})`);
}

function parse(hub: HubConnection, reference: HubReference, text: string): HubModel {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw protocolError(hub, cause);
  }
  const result = v.safeParse(answer, value);
  if (!result.success) throw protocolError(hub);
  const { sha, cardData, siblings } = result.output;
  const files = siblings.flatMap(({ rfilename: path, size: plain, blobId, lfs }): HubFile[] => {
    if (lfs) return [{ path, size: lfs.size, digest: { type: 'sha256', hex: lfs.sha256 } }];
    if (plain === undefined || blobId === undefined) return [];
    return [{ path, size: plain, digest: { type: 'git', hex: blobId } }];
  });
  const license = typeof cardData?.license === 'string' ? cardData.license : null;
  return { ...reference, commit: sha, license, files };
}

function protocolError(hub: HubConnection, cause?: unknown): AppError {
  return new AppError('server-protocol', `${hub.host} did not answer as the hub does. Check the address of the host.`, {
    cause,
  });
}
