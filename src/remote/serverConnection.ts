// The one door to the network: posts JSON to one server over kept connections, within a time and a size. Node's own http and https,
// because VS Code puts the editor's proxy and certificates under these, and Node those of the environment.
import http from 'node:http';
import https from 'node:https';
import { explainFailure } from './connectionFailures';
import type { ConnectionFailure } from './connectionFailures';
import { proxyFor } from './proxies';
import { readUpTo } from './readUpTo';

export interface ServerReply {
  readonly type: 'reply';
  readonly status: number;
  /** As the header says it. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

export interface PostOptions {
  readonly signal: AbortSignal;
  /** From the first byte sent to the last received, redirects included. */
  readonly deadlineMs: number;
  /** A longer answer is broken off. */
  readonly maxBytes: number;
}

const mostRedirects = 3;
const redirects: readonly number[] = [301, 302, 307, 308];
/** Longer than servers keep a connection that says nothing; each tells its own time. */
const keepAliveMs = 30_000;

/** Without it a server may choose. */
const asWritten = { 'Accept-Encoding': 'identity' };

/** An answer whose body was not read. */
interface Redirect {
  readonly type: 'redirect';
  readonly target: URL;
}

export class ServerConnection {
  private readonly agents: { readonly http: http.Agent; readonly https: https.Agent };

  /**
   * @param headers Sent with each request, and to no other host.
   * @throws AppError setting-invalid where there is a proxy that this Node cannot use.
   */
  constructor(
    private readonly url: URL,
    private readonly headers: Readonly<Record<string, string>>,
    proxyEnvironment: Readonly<Record<string, string | undefined>> | null,
  ) {
    const proxyEnv = proxyFor(url, proxyEnvironment);
    const options = { keepAlive: true, keepAliveMsecs: keepAliveMs, scheduling: 'lifo' as const };
    const withProxy = proxyEnv === null ? options : { ...options, proxyEnv };
    this.agents = { http: new http.Agent(withProxy), https: new https.Agent(withProxy) };
  }

  /** Never throws; an aborted request fails like one that was broken off. */
  async post(json: string, options: PostOptions): Promise<ServerReply | ConnectionFailure> {
    const deadline = AbortSignal.timeout(options.deadlineMs);
    const signal = AbortSignal.any([options.signal, deadline]);
    try {
      let target = this.url;
      for (let hops = 0; ; hops++) {
        const answer = await this.send(target, Buffer.from(json), signal, options.maxBytes);
        if (answer.type !== 'redirect') return answer;
        const refusal = this.refusedRedirect(target, answer.target);
        if (refusal !== null) return { type: 'failure', kind: 'refused', message: refusal };
        if (hops === mostRedirects)
          return { type: 'failure', kind: 'refused', message: 'it redirects in a circle. Check its address' };
        target = answer.target;
      }
    } catch (error) {
      if (deadline.aborted)
        return { type: 'failure', kind: 'slow', message: `no answer within ${options.deadlineMs / 1000} seconds` };
      return explainFailure(error);
    }
  }

  dispose(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private async send(
    target: URL,
    body: Buffer,
    signal: AbortSignal,
    maxBytes: number,
  ): Promise<ServerReply | Redirect | ConnectionFailure> {
    for (let again = false; ; again = true) {
      const secure = target.protocol === 'https:';
      const request = (secure ? https : http).request(target, {
        method: 'POST',
        agent: secure ? this.agents.https : this.agents.http,
        headers: { ...this.headers, ...asWritten, 'Content-Type': 'application/json', 'Content-Length': body.length },
        signal,
      });
      const response = await answerTo(request, body).catch((error: unknown) => {
        // The server closed a kept connection at the same moment: that is no failure.
        const wasClosed =
          request.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
        if (!wasClosed || again || signal.aborted) throw error;
        return null;
      });
      if (response) return read(response, target, maxBytes);
    }
  }

  /** Text and token go to the host that the user named, and not unencrypted where that was encrypted. */
  private refusedRedirect(from: URL, to: URL): string | null {
    if (to.hostname !== this.url.hostname)
      return `it redirects to another host, ${to.host}, which is not followed. Give that address if it is the right one`;
    if (from.protocol === 'https:' && to.protocol !== 'https:')
      return 'it redirects from https to http, which is not followed. Check its address';
    if (to.protocol === from.protocol && to.host !== from.host)
      return `it redirects to another port, ${to.host}, which is not followed. Give that address if it is the right one`;
    return null;
  }
}

function answerTo(request: http.ClientRequest, body: Buffer): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Also after the answer: an error that nobody heard would end the process.
    request.on('error', reject);
    request.end(body);
  });
}

async function read(
  response: http.IncomingMessage,
  url: URL,
  maxBytes: number,
): Promise<ServerReply | Redirect | ConnectionFailure> {
  const { statusCode: status = 0, headers } = response;
  if (redirects.includes(status) && headers.location !== undefined && URL.canParse(headers.location, url.href)) {
    response.destroy();
    return { type: 'redirect', target: new URL(headers.location, url) };
  }
  const packed = headers['content-encoding'] ?? 'identity';
  // Of another status nothing is read but what it is; a proxy may pack the page that it sends with it.
  if (status === 200 && packed !== 'identity') {
    response.destroy();
    return { type: 'failure', kind: 'garbled', message: `it packs its answer (${packed}), though it was asked not to` };
  }
  const body = await readUpTo(response, maxBytes);
  if (body === null) return { type: 'failure', kind: 'garbled', message: `an answer of more than ${maxBytes} bytes` };
  return { type: 'reply', status, retryAfter: headers['retry-after'], body };
}
