// What went wrong below HTTP, in words, and whether trying again can help.

export interface ConnectionFailure {
  readonly type: 'failure';
  /**
   * `away`: nobody is there, or not any more; `slow`: no answer in time; `garbled`: an answer that is none; `refused`: trying again
   * gives the same.
   */
  readonly kind: 'away' | 'slow' | 'garbled' | 'refused';
  /** For `serverSays`. */
  readonly message: string;
}

/** `what`: without a full stop, which is put behind it where no sign ends it. */
export function serverSays(url: URL, what: string): string {
  return `The server at ${url.href}: ${what}${/[.?!]$/u.test(what) ? '' : '.'}`;
}

const trust =
  'Have its certificate authority added to the system, or name its file in the environment variable NODE_EXTRA_CA_CERTS';

const noHttps = 'it does not speak https there, or another version. Try http, or another port';
const unknownAuthority = `its certificate comes from an authority that this machine does not know. ${trust}`;

/** Certificates, by OpenSSL's and Node's codes. */
const untrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is signed by itself. ${trust}`,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_HAS_EXPIRED: "its certificate has expired. Have it renewed, and check this machine's clock",
  CERT_NOT_YET_VALID: "its certificate is not valid yet. Check this machine's clock",
  CERT_REVOKED: 'its certificate was revoked. Ask who runs the server',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is made out to another host. Use the name that the certificate has',
  EPROTO: noHttps,
  ERR_SSL_WRONG_VERSION_NUMBER: noHttps,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noHttps,
};

const away: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused. Is it running, and is the port right?',
  ENOTFOUND: 'there is no host of this name. Check the address',
  EAI_AGAIN: 'its name could not be looked up. Is the network there?',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  HPE_INVALID_CONSTANT: 'its answer is not HTTP',
  ETIMEDOUT: 'the connection could not be made in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

export function explainFailure(error: unknown): ConnectionFailure {
  const code = codeOf(error);
  if (code === 'ERR_PROXY_TUNNEL') return proxyFailure(error);
  const distrust = untrusted[code];
  if (distrust !== undefined) return { type: 'failure', kind: 'refused', message: distrust };
  if (code.startsWith('CERT_') || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL'))
    return { type: 'failure', kind: 'refused', message: `no safe connection could be made (${code})` };
  return { type: 'failure', kind: 'away', message: away[code] ?? `the connection failed (${code})` };
}

/** Status 407, for `serverSays`. */
export const proxyWantsName =
  'the proxy before it wants a name and a password (407). Write them into its address: http://name:password@host';

/** A proxy that does not connect to the server. */
function proxyFailure(error: unknown): ConnectionFailure {
  const wantsName = error instanceof Error && 'statusCode' in error && error.statusCode === 407;
  return wantsName
    ? { type: 'failure', kind: 'refused', message: proxyWantsName }
    : { type: 'failure', kind: 'away', message: 'the proxy before it could not reach it' };
}

/** Of several addresses that were tried, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
