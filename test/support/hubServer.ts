// A hub of models on this machine, as the real one answers: a list with sizes and hashes, large files on another host, parts by Range.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';

export const commit = '0123456789abcdef0123456789abcdef01234567';

export interface HubExchange {
  /** Which file is asked for; null for the list. */
  readonly file: string | null;
  /** Of the requests for this file, from 1. */
  readonly number: number;
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  /** The content of the file. */
  readonly content: Buffer;
  /** Answers as the hub does. */
  readonly answer: () => void;
}

export type HubBehaviour = (exchange: HubExchange) => void;

export interface HubServerOptions {
  readonly id: string;
  /** Files by path. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** Changes the list that is given. */
  readonly list?: (siblings: Record<string, unknown>[]) => unknown;
  readonly behaviour?: HubBehaviour;
  /** For https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Where large files are redirected to. */
  readonly cdn?: () => string;
}

const answerAsTheHub: HubBehaviour = ({ answer }) => {
  answer();
};

/** Files of this size and more are Git LFS's. */
const largeBytes = 10_000;

export class HubServer {
  /** `METHOD target` and the Authorization header of each request. */
  readonly seen: { readonly target: string; readonly headers: http.IncomingHttpHeaders }[] = [];
  private readonly counts = new Map<string, number>();
  private readonly sockets = new Set<Socket>();
  private readonly server: http.Server;

  private constructor(private readonly options: HubServerOptions) {
    this.server = options.tls ? https.createServer(options.tls) : http.createServer();
    this.server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      this.handle(request, response);
    });
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(options: HubServerOptions): Promise<HubServer> {
    const server = new HubServer(options);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return this.options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  }

  /** Requests for a file. */
  requestsFor(file: string): readonly { readonly target: string; readonly headers: http.IncomingHttpHeaders }[] {
    return this.seen.filter(({ target }) => target.endsWith(`/${file}`));
  }

  /** Closes what is open, in the middle of whatever comes. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(request: http.IncomingMessage, response: http.ServerResponse): void {
    const target = request.url ?? '';
    this.seen.push({ target, headers: request.headers });
    const { id, files, behaviour = answerAsTheHub } = this.options;
    const prefix = `/${id}/resolve/${commit}/`;
    const file = target.startsWith(prefix) ? decodeURIComponent(target.slice(prefix.length)) : null;
    const isList = new RegExp(`^/api/models/${id}/revision/(main|v1|${commit})\\?blobs=true$`, 'u').test(target);
    const content = file === null ? Buffer.alloc(0) : files[file];
    if ((file === null && !isList) || content === undefined) {
      response.writeHead(404).end();
      return;
    }
    const number = (this.counts.get(target) ?? 0) + 1;
    this.counts.set(target, number);
    const answer = () => {
      if (file === null) this.sendList(response);
      else this.sendFile(request, response, file, content);
    };
    behaviour({ file, number, request, response, content, answer });
  }

  private sendList(response: http.ServerResponse): void {
    const { id, files, list } = this.options;
    const siblings = Object.entries(files).map(([rfilename, content]) => ({
      rfilename,
      size: content.length,
      blobId: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
      ...(content.length < largeBytes
        ? {}
        : {
            lfs: { sha256: createHash('sha256').update(content).digest('hex'), size: content.length, pointerSize: 134 },
          }),
    }));
    const body = { id, sha: commit, cardData: { license: 'apache-2.0' }, siblings: list ? list(siblings) : siblings };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  private sendFile(request: http.IncomingMessage, response: http.ServerResponse, file: string, content: Buffer): void {
    const { cdn } = this.options;
    if (cdn && content.length >= largeBytes) {
      response.writeHead(302, { Location: `${cdn()}${request.url ?? ''}` }).end();
      return;
    }
    sendPart(request, response, content, `"${file}-1"`);
  }
}

/** Answers a Range whose If-Range holds, or gives the whole. `etag` as it goes into the header. */
export function sendPart(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  content: Buffer,
  etag: string,
): void {
  const [, from] = /^bytes=(\d+)-$/u.exec(request.headers.range ?? '') ?? [];
  const condition = request.headers['if-range'];
  const headers = { ETag: etag, 'Accept-Ranges': 'bytes' };
  if (from === undefined || (condition !== undefined && condition !== etag)) {
    response.writeHead(200, { ...headers, 'Content-Length': content.length }).end(content);
    return;
  }
  const start = Number(from);
  response
    .writeHead(206, {
      ...headers,
      'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}`,
      'Content-Length': content.length - start,
    })
    .end(content.subarray(start));
}

/** All files of a folder, by path with “/”. */
export function filesIn(folder: string): Record<string, Buffer> {
  const found: Record<string, Buffer> = {};
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const full = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) found[path.relative(folder, full).split(path.sep).join('/')] = fs.readFileSync(full);
  }
  return found;
}
