// The environment of the child: an allow-list, so that tokens, proxies and NODE_OPTIONS of the host stay out.

/**
 * Temporary files, the C library's locale and time zone, what Windows needs to load a DLL, and where the host's own
 * libraries lie (snap, Flatpak, NixOS), without which its binary would not start again. No PATH: the child starts nothing.
 */
const allowed = [
  'HOME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'LD_LIBRARY_PATH',
  'NIX_LD',
  'NIX_LD_LIBRARY_PATH',
  'SystemDrive',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USERPROFILE',
  'windir',
];

/** @param host The host's environment, usually process.env. */
export function childEnvironment(
  host: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Record<string, string> {
  // The host binary may be Electron; Node itself ignores the variable.
  return { ...allowedEnvironment(host, [], platform), ELECTRON_RUN_AS_NODE: '1' };
}

/** Of the host's environment what every child may have, and `more`. */
export function allowedEnvironment(
  host: Readonly<Record<string, string | undefined>>,
  more: readonly string[],
  platform: string = process.platform,
): Record<string, string> {
  const names = new Set([...allowed, ...more]);
  const inAnyCase = new Set(Array.from(names, (name) => name.toUpperCase()));
  const isAllowed = (name: string): boolean =>
    // Windows ignores case and spells a name as it likes.
    platform === 'win32' ? inAnyCase.has(name.toUpperCase()) : names.has(name);
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(host))
    if (value !== undefined && isAllowed(name)) environment[name] = value;
  return environment;
}
