// Entries of a .tar.gz or .tar file.
import fs from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import type { ArchiveReader } from './archiveEntries';

export const readTar: ArchiveReader = async function* (file, signal) {
  const input = fs.createReadStream(file, { signal });
  const unpacked = /\.t?gz$/iu.test(file) ? input.pipe(createGunzip()) : input;
  // `pipe` does not pass on what goes wrong.
  input.on('error', (error) => unpacked.destroy(error));
  const decoder = createTarDecoder({ strict: true });
  for await (const { header, body } of Readable.toWeb(unpacked).pipeThrough(decoder)) {
    const { name, size, type = 'file' } = header;
    const state = { isRead: false };
    const content = () => {
      state.isRead = true;
      return body;
    };
    yield { name, size, type: type === 'file' || type === 'directory' ? type : 'other', content };
    if (!state.isRead) await body.cancel();
  }
};
