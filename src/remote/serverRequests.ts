// Asks the server about one text after another: as many at once as it bears, again where that can help.
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../shared/errors';
import type { AdaptiveLimit, Permit } from './adaptiveLimit';
import { serverSays, type ConnectionFailure } from './connectionFailures';
import { retryAfterMs } from './patience';
import type { Patience, Timing } from './patience';
import type { ServerConnection, ServerReply } from './serverConnection';
import { reasonIn, refusedByStatus } from './statusErrors';

export interface Question {
  /** Body of the request. */
  readonly json: string;
  /** The text in it, which no message may quote. */
  readonly text: string;
  readonly maxBytes: number;
  readonly priority: 'interactive' | 'background';
  readonly signal: AbortSignal;
}

export interface RequestParts {
  readonly url: URL;
  readonly connection: Pick<ServerConnection, 'post'>;
  readonly limit: AdaptiveLimit;
  readonly patience: Patience;
  readonly timing: Timing;
  readonly now: () => number;
}

/** Failures that another try may not have. */
type Failing =
  | {
      readonly type: 'failing';
      readonly kind: 'away' | 'busy';
      readonly message: string;
      readonly waitMs: number | null;
    }
  /** It may be the text's fault. */
  | { readonly type: 'failing'; readonly kind: 'text'; readonly error: AppError };

type Answer = { readonly type: 'answer'; readonly value: unknown } | Failing;

const busy: readonly number[] = [429, 503];
const behindAProxy: readonly number[] = [502, 504];

export class ServerRequests {
  constructor(private readonly parts: RequestParts) {}

  /**
   * What JSON made of the answer.
   * @throws AppError inference-failed or deadline-exceeded (this text), server-unreachable, server-failed, server-refused, server-protocol
   * (all), and the signal's reason.
   */
  async ask(question: Question): Promise<unknown> {
    const { limit, patience, timing, now } = this.parts;
    for (let attempt = 1; ; attempt++) {
      const permit = await limit.acquire(question.priority, question.signal);
      const answer = await this.send(question, permit);
      if (answer.type === 'answer') {
        patience.answered();
        return answer.value;
      }
      let waitMs = patience.backOffMs(attempt);
      if (answer.kind === 'text') {
        if (attempt >= timing.attempts) {
          patience.lost(answer.error.message);
          throw answer.error;
        }
      } else {
        const pauseMs = patience.failing(answer.kind, answer.message, answer.waitMs ?? 0);
        limit.pauseUntil(now() + pauseMs);
        waitMs = Math.max(waitMs, pauseMs);
      }
      await sleep(waitMs, undefined, { signal: question.signal }).catch(() => {
        question.signal.throwIfAborted();
      });
    }
  }

  private async send(question: Question, permit: Permit): Promise<Answer> {
    const { connection, timing } = this.parts;
    const { signal, maxBytes } = question;
    const reply = await connection.post(question.json, { signal, maxBytes, deadlineMs: timing.deadlineMs });
    if (signal.aborted) permit.left();
    else if (isOverload(reply)) permit.overloaded();
    else if (reply.type === 'reply') permit.answered();
    else permit.left();
    signal.throwIfAborted();
    return reply.type === 'reply' ? this.read(question, reply) : this.failed(reply);
  }

  private read(question: Question, { status, body, retryAfter }: ServerReply): Answer {
    const waitMs = retryAfterMs(retryAfter, this.parts.now());
    if (busy.includes(status))
      return { type: 'failing', kind: 'busy', message: this.words(`it is too busy (${status})`), waitMs };
    if (behindAProxy.includes(status))
      return { type: 'failing', kind: 'away', message: this.words(`nothing answers behind it (${status})`), waitMs };
    if (status >= 500) return this.maybeText(`it failed (${status}). Its own log says why`);
    // Ray itself says so while the application is not deployed yet; GLiClass gives a reason.
    if (status === 404 && this.parts.patience.hasAnswered && reasonIn(body) === null)
      return { type: 'failing', kind: 'away', message: this.words('GLiClass is not there any more (404)'), waitMs };
    if (status !== 200) throw refusedByStatus(this.parts.url, status, body, question.text);
    try {
      return { type: 'answer', value: JSON.parse(body) as unknown };
    } catch {
      return this.maybeText('its answer is not JSON');
    }
  }

  private failed({ kind, message }: ConnectionFailure): Answer {
    switch (kind) {
      case 'away':
        return { type: 'failing', kind: 'away', message: this.words(message), waitMs: null };
      case 'slow':
        return { type: 'failing', kind: 'text', error: new AppError('deadline-exceeded', this.words(message)) };
      case 'garbled':
        throw new AppError('server-protocol', this.words(message));
      case 'refused':
        throw new AppError('server-refused', this.words(message));
    }
  }

  private maybeText(what: string): Failing {
    return { type: 'failing', kind: 'text', error: new AppError('inference-failed', this.words(what)) };
  }

  private words(what: string): string {
    return serverSays(this.parts.url, what);
  }
}

function isOverload(reply: ServerReply | ConnectionFailure): boolean {
  return reply.type === 'reply' ? busy.includes(reply.status) : reply.kind === 'slow';
}
