// The glob that matches one path and nothing else.

/** `path` is relative to the folder that is looked through; of a folder all that is in it is meant. */
export function globOf(path: string, isFolder: boolean): string {
  // The slash in front says that it is at the root: without one, a name alone matches at any depth.
  const literal = `/${path.replace(/[\\*?[\]{}!]/gu, '\\$&')}`;
  return isFolder ? `${literal}/**` : literal;
}
