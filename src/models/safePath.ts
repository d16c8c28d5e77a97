// Names of files that come from elsewhere: an archive, a list of the hub.

/**
 * Whether a name with “/” stays below the folder that it is joined to, on every platform: relative, no “..”, no drive or stream (“:”),
 * no “\”, no part that Windows would read otherwise.
 */
export function isSafePath(name: string): boolean {
  if (name === '' || name.length > 512 || /[\\:\p{Cc}]/u.test(name)) return false;
  // “.” and “..” end with a dot.
  return name.split('/').every((part) => part !== '' && !/[. ]$/u.test(part));
}
