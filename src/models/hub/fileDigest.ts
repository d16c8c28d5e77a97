// How the hub names the content of a file, and what is made of one that comes in.
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

/** `sha256` of large files (Git LFS); `git` is Git's own name of all others: sha1 of `blob SIZE\0` and the content. Hexadecimal. */
export interface FileDigest {
  readonly type: 'sha256' | 'git';
  readonly hex: string;
}

/** Takes a file's bytes in their order. */
export class DigestCheck {
  private readonly sha256 = createHash('sha256');
  private readonly git: Hash | null;

  constructor(
    private readonly wanted: FileDigest,
    size: number,
  ) {
    this.git = wanted.type === 'git' ? createHash('sha1').update(`blob ${size}\0`) : null;
  }

  update(part: Buffer): void {
    this.sha256.update(part);
    this.git?.update(part);
  }

  /** Ends it: whether the file is the one that was wanted, and its sha256. */
  end(): { readonly isRight: boolean; readonly sha256: string } {
    const sha256 = this.sha256.digest('hex');
    const found = this.git === null ? sha256 : this.git.digest('hex');
    return { isRight: found === this.wanted.hex, sha256 };
  }
}
