// What a status says that trying again would not change.
import { AppError } from '../shared/errors';
import { proxyWantsName, serverSays } from './connectionFailures';

const longestQuote = 200;
/** So many UTF-16 units of a text are no coincidence. */
const quoteLength = 20;

const meanings: Readonly<Record<number, string>> = {
  401: 'it wants a token, or another one',
  403: 'it does not let this token in',
  404: 'there is no GLiClass at this address, or not the adapter that was asked for',
  405: 'there is no GLiClass at this address',
};

/** Who refuses a token may name it. */
const aboutToken: readonly number[] = [401, 403];

/** About one text: upstream answers 400 where it cannot read what it was sent; 413 and 422 come from what stands before it. */
const aboutText: readonly number[] = [400, 413, 422];

/** Another token may be let in; code server-token. */
export class TokenError extends AppError {
  constructor(
    /** Its URL. */
    readonly server: string,
    message: string,
  ) {
    super('server-token', message);
  }
}

/**
 * @param body The answer; of upstream's form `{"error": "…"}` its words are shown, unless they may hold the token or quote the text.
 * @returns AppError inference-failed where another text may fare better, TokenError where another token may, else server-refused.
 */
export function refusedByStatus(url: URL, status: number, body: string, text: string): AppError {
  if (status === 407) return new AppError('server-refused', serverSays(url, proxyWantsName));
  const meaning = meanings[status] ?? 'it refuses what it was sent';
  const reason = reasonIn(body);
  const quoted = reason === null || aboutToken.includes(status) || quotes(reason, text) ? '' : `: “${reason}”`;
  const message = serverSays(url, `${meaning} (${status})${quoted}`);
  if (aboutToken.includes(status)) return new TokenError(url.href, message);
  return new AppError(aboutText.includes(status) ? 'inference-failed' : 'server-refused', message);
}

/** The words of upstream's `{"error": "…"}`; null where the answer is another. */
export function reasonIn(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('error' in value)) return null;
    return typeof value.error === 'string' ? value.error.slice(0, longestQuote) : null;
  } catch {
    return null;
  }
}

function quotes(reason: string, text: string): boolean {
  if (text.length < quoteLength) return reason.includes(text);
  for (let at = 0; at + quoteLength <= reason.length; at++)
    if (text.includes(reason.slice(at, at + quoteLength))) return true;
  return false;
}
