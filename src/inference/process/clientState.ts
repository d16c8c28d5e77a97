// What the child process is doing, for people: status bar, view, CLI.
import type { ModelDescription } from '../../shared/classifier';
import type { ErrorCode } from '../../shared/errors';

export type ClientState =
  /** No child process; the next call starts one. */
  | { readonly state: 'idle' }
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly model: ModelDescription }
  | { readonly state: 'working'; readonly pendingDocuments: number }
  /** It died and starts again after the wait. */
  | { readonly state: 'restarting'; readonly reason: string; readonly delayMs: number }
  /** Calls failed for the reason given; a later call or `restart()` tries again where that makes sense. */
  | { readonly state: 'stopped'; readonly code: ErrorCode; readonly reason: string };

export type StateListener = (state: ClientState) => void;

export class StateNotifier {
  private readonly listeners = new Set<StateListener>();
  private last: ClientState = { state: 'idle' };

  get current(): ClientState {
    return this.last;
  }

  /** @returns A function that takes the listener off again. */
  listen(listener: StateListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(state: ClientState): void {
    if (JSON.stringify(state) === JSON.stringify(this.last)) return;
    this.last = state;
    // Later, so that an exception of a listener does not look like a fault of the child.
    for (const listener of this.listeners)
      queueMicrotask(() => {
        listener(state);
      });
  }
}
