// Golden replays asked of the child; each is one request, sent again only if the child died of something else.
import type { VerifyReport } from '../../shared/childMessages';
import { AppError } from '../../shared/errors';
import type { Reply, RequestMessage } from './checkReply';

interface Verification {
  readonly request: RequestMessage;
  sent: boolean;
  readonly resolve: (report: VerifyReport) => void;
  readonly reject: (error: AppError) => void;
}

export class Verifications {
  private readonly open = new Map<number, Verification>();

  get isEmpty(): boolean {
    return this.open.size === 0;
  }

  async add(id: number, folder: string, goldenFile: string | null): Promise<VerifyReport> {
    return new Promise((resolve, reject) => {
      const request = { type: 'verify', id, folder, goldenFile } as const;
      this.open.set(id, { request, sent: false, resolve, reject });
    });
  }

  /** The next request to send; null if none waits. */
  next(): RequestMessage | null {
    for (const verification of this.open.values()) {
      if (verification.sent) continue;
      verification.sent = true;
      return verification.request;
    }
    return null;
  }

  reply(id: number, reply: Reply): void {
    if (reply.type === 'verified') this.open.get(id)?.resolve(reply.report);
    if (reply.type === 'failed') this.open.get(id)?.reject(new AppError(reply.code, reply.message));
    this.open.delete(id);
  }

  fail(id: number, error: AppError): void {
    this.open.get(id)?.reject(error);
    this.open.delete(id);
  }

  failAll(error: AppError): void {
    for (const id of [...this.open.keys()]) this.fail(id, error);
  }

  /** The child is gone: all that is not answered is to be sent again. */
  putBack(): void {
    for (const verification of this.open.values()) verification.sent = false;
  }
}
