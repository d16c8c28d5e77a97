// What supervision needs of a child process; client.ts makes one of node:child_process.
import type { HostMessage } from '../../shared/childMessages';

/** How a process ended. `error` where it never started. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly error: Error | null;
}

export interface PortEvents {
  /** A message as it came, not parsed. */
  message(value: unknown): void;
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** The channel is closed; the process may still be there. */
  disconnected(): void;
  /** Once, after the last message and the last output. */
  ended(end: ProcessEnd): void;
}

export interface ChildPort {
  readonly pid: number | undefined;
  /** @param failed Called if the message could not be handed over. */
  send(message: HostMessage, failed: (error: Error) => void): void;
  /** Ends the process without asking it. */
  kill(): void;
}

/** Starts a child. Throws AppError where that cannot even be tried. */
export type StartChild = (events: PortEvents) => ChildPort;
