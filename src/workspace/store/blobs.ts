// Number arrays in and out of the index, with a checksum: SQLite's own check does not look into blobs.
import { crc32 } from 'node:zlib';
import type { DocumentVectors } from '../../shared/classifier';

export function bytesOf(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function floatsOf(blob: Uint8Array): Float32Array {
  return new Float32Array(aligned(blob));
}

export function integersOf(blob: Uint8Array): Int32Array {
  return new Int32Array(aligned(blob));
}

export function checksumOf(first: Uint8Array, second: Uint8Array): number {
  return crc32(second, crc32(first));
}

/** Kept vectors; null where they were damaged on disk. */
export function vectorsOf(data: Uint8Array, spans: Uint8Array, checksum: unknown): DocumentVectors | null {
  return checksumOf(data, spans) === checksum ? { values: floatsOf(data), spans: integersOf(spans) } : null;
}

/** A copy that begins at an address a number may have. */
function aligned(blob: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(blob.byteLength - (blob.byteLength % 4));
  new Uint8Array(copy).set(blob.subarray(0, copy.byteLength));
  return copy;
}
