// The files of the folders that agents may ask about: nothing else is read, whatever links and names lead to it.
import { NodeFileTree, filePath } from '../find/nodeFileTree';
import { defaultLimits } from '../types';
import type { ContainedFolders } from './containedFolders';

export class ContainedTree extends NodeFileTree {
  constructor(private readonly folders: ContainedFolders) {
    super();
  }

  override async readFile(uri: string): Promise<Uint8Array> {
    const { kind, size } = await this.stat(uri);
    // Reading a pipe or a device may never end, a large file would fill the memory before it is refused.
    if (kind !== 'file') throw new Error('it is no file');
    if (size > defaultLimits.maxFileBytes) throw new Error('it is too large');
    if (!(await this.folders.holds(filePath(uri)))) throw new Error('it is outside of the folders');
    return super.readFile(uri);
  }
}
