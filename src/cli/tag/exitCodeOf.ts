// What the shell sees of `glitag tag` that came to its end.
import type { Shard } from '../../workspace/find/shard';
import { exitCodes } from '../exitCodes';
import type { Findings } from './findings';

export interface EndCounts {
  /** Documents with results, printed or not. */
  readonly tagged: number;
  readonly skipped: number;
  /** Of these: the model could not classify them. */
  readonly failed: number;
}

/** Says on stderr what was found where that fails the call. */
export function exitCodeOf(
  { tagged, skipped, failed }: EndCounts,
  { shard, changedSince }: { readonly shard?: Shard; readonly changedSince?: string },
  findings: Findings,
): number {
  if (findings.failed) {
    process.stderr.write(`glitag: ${findings.summary}\n`);
    return exitCodes.findings;
  }
  if (tagged > 0) return exitCodes.done;
  // A change may be to pictures alone, a shard may be empty.
  const isFine = changedSince === undefined ? shard !== undefined && skipped === 0 : failed === 0;
  return isFine ? exitCodes.done : exitCodes.failed;
}
