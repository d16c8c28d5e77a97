// What decisions call the folders of a workspace: by their names, of which several folders may have the same. Free of `vscode`.
import type { DocumentKey } from '../../core/review/decision';
import type { DecisionStore } from '../../workspace/decisions/decisionStore';

export interface NamedFolder {
  readonly uri: string;
  /** As the workspace has it. */
  readonly name: string;
}

/** By the folder's URI. */
export type FolderNames = Readonly<Record<string, string>>;

/**
 * A name for each folder that no other has. A folder keeps the one that it had (`kept`), whichever others come and go; a new one whose
 * name is taken has its parent's behind it. Names of folders that are not there are free: a folder that was moved has its own again.
 */
export function nameFolders(folders: readonly NamedFolder[], kept: FolderNames): FolderNames {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (uri: string, name: string) => {
    names.set(uri, name);
    taken.add(name);
  };
  for (const { uri } of folders) {
    const before = kept[uri];
    if (before !== undefined && !taken.has(before)) give(uri, before);
  }
  for (const folder of folders) if (!names.has(folder.uri)) give(folder.uri, newName(folder, taken));
  return Object.fromEntries(names);
}

function newName({ uri, name }: NamedFolder, taken: ReadonlySet<string>): string {
  const parents = decodeURIComponent(uri).split('/').slice(0, -1);
  const words = parents.map((_, depth) => `${name} (${parents.slice(-1 - depth).join('/')})`);
  const free = [name, ...words].find((one) => !taken.has(one));
  return free ?? `${name} (${uri})`;
}

/**
 * Folders of one name shared decisions before: those on documents that only the folder with the longer name has are its own. What
 * both have stays where it is. `isThere` looks on the disk.
 */
export async function separateFolders(
  store: DecisionStore,
  folders: readonly NamedFolder[],
  names: FolderNames,
  isThere: (key: DocumentKey) => Promise<boolean>,
): Promise<void> {
  const renamed = folders.filter(({ uri, name }) => names[uri] !== name);
  if (renamed.length === 0) return;
  const shared = new Map<string, DocumentKey>();
  for await (const page of store.decisions(null)) {
    for (const { root, path } of page)
      if (renamed.some(({ name }) => name === root)) shared.set(JSON.stringify([root, path]), { root, path });
  }
  for (const key of shared.values()) {
    if (await isThere(key)) continue;
    for (const { uri, name } of renamed) {
      const own = { root: names[uri] ?? name, path: key.path };
      if (name !== key.root || !(await isThere(own))) continue;
      await store.moveDocuments(key, own);
      break;
    }
  }
}
