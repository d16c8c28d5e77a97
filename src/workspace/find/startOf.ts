// Where the walk through a root begins.
import type { FileTree, FindRoot } from '../types';

/** URI of the folder or file below the root that is looked through; the root's own where it is all of it. */
export function startOf(tree: Pick<FileTree, 'child'>, { uri, start }: FindRoot): string {
  const names = (start ?? '').split('/').filter((segment) => segment !== '');
  return names.reduce((at, name) => tree.child(at, name), uri);
}
