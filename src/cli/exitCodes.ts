// What the shell sees.
import type { AppError } from '../shared/errors';

export const exitCodes = {
  done: 0,
  /** Nothing could be tagged, or a check did not pass. */
  failed: 1,
  /** The command line or a file it names is wrong. */
  usage: 2,
  /** The server of --server is away or fails: the same command goes on later, where there is an index. */
  serverAway: 3,
  /** All was tagged, and a document carries a label of --fail-on, or a finding of --fail-on-level. */
  findings: 4,
  /** Ctrl+C, as shells number it: what is started behind this command must not take a part for the whole. */
  stopped: 130,
} as const;

/** The server that a command asked is away or fails: the same command may work later. */
export function isServerAway({ code }: AppError): boolean {
  return code === 'server-unreachable' || code === 'server-failed';
}
