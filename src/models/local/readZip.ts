// Entries of a .zip file, by its central directory, which says of each what it is before anything is unpacked.
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { ArchiveEntry, ArchiveReader } from './archiveEntries';
import { archiveInvalid } from './archiveEntries';

/** Unix file types, in the upper half of an entry's attributes. */
const typeMask = 0o170000;
const regular = 0o100000;

export const readZip: ArchiveReader = async function* (file) {
  const zip = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(file, {
    lazyEntries: true,
    autoClose: false,
    // Names are judged where they are used, those with “\” too.
    strictFileNames: true,
  });
  try {
    for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) yield entryOf(file, zip, entry);
  } finally {
    zip.close();
  }
};

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      zip.removeAllListeners();
      end();
    };
    zip.once('entry', (entry: Entry) => {
      settle(() => {
        resolve(entry);
      });
    });
    zip.once('end', () => {
      settle(() => {
        resolve(null);
      });
    });
    zip.once('error', (error: Error) => {
      settle(() => {
        reject(error);
      });
    });
    zip.readEntry();
  });
}

function entryOf(file: string, zip: ZipFile, entry: Entry): ArchiveEntry {
  const mode = (entry.externalFileAttributes >>> 16) & typeMask;
  const isOther = entry.isEncrypted() || (mode !== 0 && mode !== regular);
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    type: entry.fileName.endsWith('/') ? 'directory' : isOther ? 'other' : 'file',
    content: () => contentOf(file, zip, entry),
  };
}

async function* contentOf(file: string, zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  let sum = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    sum = crc32(part, sum);
    yield part;
  }
  if (sum !== entry.crc32) throw archiveInvalid(file, `${entry.fileName} is damaged`);
}
