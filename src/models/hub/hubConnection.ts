// The door to the hub of models, or to a mirror of it: GET over kept connections, redirects followed to other hosts without the token.
// Node's own http and https, as for a GLiClass server: VS Code puts the editor's proxy and certificates under these (docs/ARCHITECTURE.md).
import http from 'node:http';
import https from 'node:https';
import { AppError } from '../../shared/errors';
import { cancelled } from '../../inference/process/waiters';
import { explainFailure } from '../../remote/connectionFailures';
import { proxyFor } from '../../remote/proxies';
import { authorization } from '../../remote/remoteSettings';

export const defaultHost = 'https://huggingface.co';

export interface HubSettings {
  /** Address of the hub or of a mirror; https, but for this machine itself. */
  readonly host?: string | undefined;
  /** For models that are not open to all. Sent to the host alone. */
  readonly token?: string | undefined;
  /** Environment whose HTTP_PROXY, HTTPS_PROXY and NO_PROXY count; null where the program around sees to proxies (VS Code). */
  readonly proxyEnvironment: Readonly<Record<string, string | undefined>> | null;
  /** So long nothing may come. */
  readonly silenceMs?: number;
}

/** Its body is read as a stream of bytes, or destroyed. */
export type HubAnswer = http.IncomingMessage;

const mostRedirects = 5;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const defaultSilenceMs = 60_000;

export class HubConnection {
  /** Without a slash at the end. */
  readonly host: string;
  private readonly base: URL;
  private readonly token: string | null;
  private readonly silenceMs: number;
  private readonly agents = new Map<string, http.Agent>();

  /** @throws AppError setting-invalid. */
  constructor(private readonly settings: HubSettings) {
    this.base = hostUrl(settings.host ?? defaultHost);
    this.host = this.base.href.replace(/\/+$/u, '');
    this.token = authorization(settings.token);
    this.silenceMs = settings.silenceMs ?? defaultSilenceMs;
  }

  /**
   * The answer at its end of all redirects, its body unread: who gets it reads or destroys it.
   * @param path Below the host, each part encoded.
   * @throws AppError server-unreachable, server-refused, cancelled.
   */
  async get(
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HubAnswer> {
    let target = new URL(`${this.host}/${path}`);
    for (let hops = 0; ; hops++) {
      const response = await this.send(target, headers, signal);
      const { statusCode = 0, headers: answered } = response;
      const to = answered.location;
      if (!redirects.includes(statusCode) || to === undefined || !URL.canParse(to, target.href)) return response;
      response.destroy();
      const next = new URL(to, target);
      if (!isSafe(next) || (target.protocol === 'https:' && next.protocol !== 'https:'))
        throw this.refused(`it redirects to ${next.origin}, which is not https and is not followed`);
      if (hops === mostRedirects) throw this.refused('it redirects in a circle');
      target = next;
    }
  }

  /** What went wrong while an answer was sent or read. */
  explain(error: unknown, signal: AbortSignal): AppError {
    if (error instanceof AppError) return error;
    if (signal.aborted) return cancelled();
    const { kind, message } = explainFailure(error);
    return new AppError(kind === 'refused' ? 'server-refused' : 'server-unreachable', `${this.host}: ${message}.`, {
      cause: error,
    });
  }

  refused(why: string): AppError {
    return new AppError('server-refused', `${this.host}: ${why}.`);
  }

  dispose(): void {
    for (const agent of this.agents.values()) agent.destroy();
  }

  private async send(
    target: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HubAnswer> {
    const secure = target.protocol === 'https:';
    // The token is for the hub alone: hosts that it redirects to sign their addresses instead.
    const own = this.token !== null && target.origin === this.base.origin ? { Authorization: this.token } : {};
    try {
      return await new Promise((resolve, reject) => {
        const request = (secure ? https : http).get(target, {
          agent: this.agentFor(target),
          headers: { 'User-Agent': 'glitag', 'Accept-Encoding': 'identity', ...headers, ...own },
          signal,
          timeout: this.silenceMs,
        });
        request.once('response', resolve);
        request.once('timeout', () => {
          const seconds = this.silenceMs / 1000;
          request.destroy(new AppError('server-unreachable', `${this.host}: nothing came for ${seconds} seconds.`));
        });
        // Also after the answer: an error that nobody heard would end the process.
        request.on('error', reject);
      });
    } catch (error) {
      throw this.explain(error, signal);
    }
  }

  private agentFor(target: URL): http.Agent {
    const known = this.agents.get(target.protocol);
    if (known) return known;
    const proxyEnv = proxyFor(target, this.settings.proxyEnvironment);
    const options = { keepAlive: true, ...(proxyEnv === null ? {} : { proxyEnv }) };
    const agent = target.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
    this.agents.set(target.protocol, agent);
    return agent;
  }
}

/** Encrypted, or no further than this machine. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(hostname));
}

function hostUrl(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : null;
  const plain = url !== null && [url.username, url.password, url.search, url.hash].every((one) => one === '');
  if (url === null || !plain || !isSafe(url))
    throw new AppError(
      'setting-invalid',
      `“${written}” cannot be the host of models. Write an https address without name, password or “?”, such as ${defaultHost}.`,
    );
  return url;
}
