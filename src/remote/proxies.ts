// Proxies of the environment. Node's agents use them, from the versions on that can.
import { AppError } from '../shared/errors';

type Environment = Readonly<Record<string, string | undefined>>;

/** First Nodes whose agents take `proxyEnv`, by their major version. */
const firstMinor: Readonly<Record<number, number>> = { 22: 21, 24: 5 };

/**
 * What to give to an agent; null where the environment names no proxy for this kind of address.
 * @throws AppError setting-invalid where there is one that this Node would not heed: nothing is sent past a proxy.
 */
export function proxyFor(
  url: URL,
  environment: Environment | null,
  version = process.versions.node,
): Environment | null {
  const names = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  const name = names.find((key) => (environment?.[key] ?? '') !== '');
  if (environment === null || name === undefined) return null;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major <= 24 && minor < (firstMinor[major] ?? Infinity))
    throw new AppError(
      'setting-invalid',
      `${name} is set, but Node ${version} cannot use it. Start glitag with Node 22.21, 24.5 or newer, or unset it.`,
    );
  return environment;
}
