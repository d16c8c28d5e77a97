// Where a GLiClass server is and what is known of it, as settings or a command line say it.
import { AppError } from '../shared/errors';

export interface RemoteSettings {
  /** As the user wrote it; see `serverUrl`. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`; never written anywhere. */
  readonly token?: string | undefined;
  /** What the user calls the server's model. The server does not tell, so a change of its model is seen by this name alone. */
  readonly model?: string | undefined;
  /** LoRA adapter that the server is to use. */
  readonly adapter?: string | undefined;
  /** Environment whose HTTP_PROXY, HTTPS_PROXY and NO_PROXY count; null where the program around sees to proxies (VS Code). */
  readonly proxyEnvironment: Readonly<Record<string, string | undefined>> | null;
}

/** Where upstream's server listens unless it is told otherwise. */
const upstreamPath = '/gliclass';

/**
 * The address that requests go to: without a slash at the end, and with upstream's path where there is none.
 * @throws AppError setting-invalid.
 */
export function serverUrl(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw invalid(`The server's address is not a URL such as http://localhost:8000${upstreamPath}.`);
  if (url.username !== '' || url.password !== '')
    throw invalid("Leave name and password out of the server's address; a token is given apart from it.");
  if (url.search !== '' || url.hash !== '') throw invalid("Leave “?” and “#” out of the server's address.");
  url.pathname = url.pathname === '/' ? upstreamPath : url.pathname.replace(/\/+$/u, '');
  return url;
}

/** The value of the Authorization header; null without a token. @throws AppError setting-invalid, which does not show the token. */
export function authorization(token: string | undefined): string | null {
  if (token === undefined || token === '') return null;
  if (!/^[\x21-\x7e]+$/u.test(token))
    throw invalid('The token holds spaces, line ends or other characters that a token cannot have. Copy it again.');
  return `Bearer ${token}`;
}

function invalid(message: string): AppError {
  return new AppError('setting-invalid', message);
}
