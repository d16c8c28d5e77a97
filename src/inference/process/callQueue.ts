// Calls under way, and whose turn it is: interactive before background, and turns among equals.
import type { AppError } from '../../shared/errors';
import type { Batch, Call } from './call';

export interface Turn {
  readonly call: Call;
  readonly batch: Batch;
}

export class CallQueue {
  private calls: Call[] = [];

  add(call: Call): void {
    if (!call.isOver) this.calls.push(call);
  }

  get isEmpty(): boolean {
    return this.open().length === 0;
  }

  get hasWork(): boolean {
    return this.calls.some((call) => call.hasWork);
  }

  get hasInteractiveWork(): boolean {
    return this.calls.some((call) => call.hasWork && call.options.priority === 'interactive');
  }

  get pendingDocuments(): number {
    return this.calls.reduce((sum, call) => sum + call.pendingDocuments, 0);
  }

  /**
   * Takes the next message's documents out of the call whose turn it is; null if nothing waits.
   * @param size Characters of a message of this call.
   */
  next(size: (call: Call) => number): Turn | null {
    const ready = this.open().filter((call) => call.hasWork);
    const call = ready.find(({ options }) => options.priority === 'interactive') ?? ready[0];
    if (!call) return null;
    // To the back: its equals come before its next message.
    this.calls = [...this.calls.filter((other) => other !== call), call];
    return { call, batch: call.take(size(call)) };
  }

  /** Ends every call with the error. */
  fail(error: AppError): void {
    for (const call of this.open()) call.fail(error);
    this.calls = [];
  }

  private open(): Call[] {
    this.calls = this.calls.filter((call) => !call.isOver);
    return this.calls;
  }
}
