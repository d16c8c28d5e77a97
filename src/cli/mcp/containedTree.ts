// The files of the server's folders: nothing else is read, whatever links and names lead to it.
import { NodeFileTree, filePath } from '../../workspace/find/nodeFileTree';
import { defaultLimits } from '../../workspace/types';
import type { Folders } from './folders';

export class ContainedTree extends NodeFileTree {
  constructor(private readonly folders: Folders) {
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
