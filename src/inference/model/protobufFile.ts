// Walks the fields of a protobuf file in place: only lengths are followed, so a file of gigabytes costs a few reads.
import fs from 'node:fs';
import { AppError } from '../../shared/errors';

/** A half-open range of the file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Field extends Range {
  readonly number: number;
  /** The number of a varint field; 0 for the others. Right up to 2^53, so not for negative numbers (`integersOf`). */
  readonly varint: number;
}

/** Longest name or list of numbers that is read. */
const maxPiece = 1 << 16;

/** Every method throws AppError model-graph-invalid where the file is no whole protobuf. */
export class ProtobufFile {
  readonly size: number;
  /** Short, as what follows a jump over weights is short too. */
  private readonly window = Buffer.alloc(1 << 14);
  private windowStart = 0;
  private windowLength = 0;

  constructor(
    private readonly descriptor: number,
    private readonly file: string,
  ) {
    this.size = fs.fstatSync(descriptor).size;
  }

  *fieldsOf(range: Range): Generator<Field> {
    let position = range.start;
    while (position < range.end) {
      const tag = this.varint(position);
      position = tag.end;
      const number = Math.floor(tag.value / 8);
      const wireType = tag.value % 8;
      // Beyond 32 bits other readers see another field.
      if (number === 0 || tag.value > 0xffffffff) throw this.broken('it is not an ONNX model');
      let end: number;
      let start = position;
      let varint = 0;
      if (wireType === 0) {
        const read = this.varint(position);
        varint = read.value;
        end = read.end;
      } else if (wireType === 1) end = position + 8;
      else if (wireType === 5) end = position + 4;
      else if (wireType === 2) {
        const length = this.varint(position);
        start = length.end;
        end = start + length.value;
      } else throw this.broken('it is not an ONNX model');
      if (end > range.end) throw this.broken('it ends too early, as after a download that was cut off');
      yield { number, start, end, varint };
      position = end;
    }
  }

  /** All fields reached by following the field numbers downwards. */
  path(from: Range, numbers: readonly number[]): Range[] {
    let level = [from];
    for (const number of numbers)
      level = level.flatMap((range) => [...this.fieldsOf(range)].filter((field) => field.number === number));
    return level;
  }

  text(range: Range): string {
    return this.bytes(range).toString('utf8');
  }

  /** The int64 values of a varint field, or of a packed list of them. */
  integersOf(range: Range): number[] {
    const bytes = this.bytes(range);
    const values: number[] = [];
    let value = 0n;
    let shift = 0n;
    for (const byte of bytes) {
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte >= 0x80) continue;
      values.push(Number(BigInt.asIntN(64, value)));
      value = 0n;
      shift = 0n;
    }
    return values;
  }

  /** The int64 values of little-endian bytes. */
  rawIntegersOf(range: Range): number[] {
    const bytes = this.bytes(range);
    return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => Number(bytes.readBigInt64LE(index * 8)));
  }

  broken(why: string): AppError {
    return new AppError(
      'model-graph-invalid',
      `The model file ${this.file} cannot be read: ${why}. Put a whole copy of the file there.`,
    );
  }

  /** Valid until more is read. */
  private bytes(range: Range): Buffer {
    const length = range.end - range.start;
    if (length > maxPiece) throw this.broken('it is not an ONNX model');
    const at = range.start - this.windowStart;
    if (at >= 0 && at + length <= this.windowLength) return this.window.subarray(at, at + length);
    const bytes = Buffer.alloc(length);
    fs.readSync(this.descriptor, bytes, 0, length, range.start);
    return bytes;
  }

  private varint(position: number): { value: number; end: number } {
    let value = 0;
    let factor = 1;
    for (let index = 0; index < 10; index++) {
      const byte = this.byte(position + index);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return { value, end: position + index + 1 };
      factor *= 128;
    }
    throw this.broken('it is not an ONNX model');
  }

  private byte(position: number): number {
    if (position < this.windowStart || position >= this.windowStart + this.windowLength) {
      this.windowStart = position;
      this.windowLength = fs.readSync(this.descriptor, this.window, 0, this.window.length, position);
    }
    const byte = this.window[position - this.windowStart];
    if (byte === undefined || position >= this.windowStart + this.windowLength)
      throw this.broken('it ends too early, as after a download that was cut off');
    return byte;
  }
}
