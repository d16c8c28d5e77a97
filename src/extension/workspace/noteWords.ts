// What the view says in one line of the workspace as a whole. Free of `vscode`.
import { wholeNumber } from '../../core/countText';
import type { RunStats } from '../../workspace/types';

/** `3 new, 2 changed, 9 tagged before your last decisions`; null where nothing is. `isTaught`: decisions say how texts are read. */
export function changesText(changes: {
  readonly added: number;
  readonly changed: number;
  /** Whose text is the same, and whose tags need not hold any more. */
  readonly outdated: number;
  readonly isTaught: boolean;
}): string | null {
  const { added, changed, outdated, isTaught } = changes;
  const why = isTaught ? 'tagged before your last decisions' : 'stale';
  return joined([of(added, 'new'), of(changed, 'changed'), of(outdated, why)]);
}

/** What a run left that did not come to its end: `652 of 900 not tagged yet, 12 stale`; null where nothing is left. */
export function leftText(left: {
  readonly added: number;
  readonly all: number;
  readonly stale: number;
}): string | null {
  const { added, all, stale } = left;
  return joined([of(added, `of ${wholeNumber(all)} not tagged yet`), of(stale, 'stale')]);
}

/** What a run did: `Done in 1 min 12 s: 900 tagged, 12 reused, 3 skipped, none fits 40`; null where there was nothing to do. */
export function doneText(
  { classified, relabelled, reused, skipped }: RunStats,
  { noneFits, tookMs }: { readonly noneFits: number; readonly tookMs: number },
): string | null {
  const counts = [of(classified + relabelled, 'tagged'), of(reused, 'reused'), of(skipped, 'skipped')];
  const none = noneFits > 0 ? [`none fits ${wholeNumber(noneFits)}`] : [];
  const text = joined([...counts, ...none]);
  return text === null ? null : `Done in ${timeText(tookMs)}: ${text}`;
}

/** `0.4 s`, `12 s`, `1 min 12 s`, `2 h 5 min` */
function timeText(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function of(count: number, what: string): string {
  return count > 0 ? `${wholeNumber(count)} ${what}` : '';
}

function joined(parts: readonly string[]): string | null {
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? null : said.join(', ');
}
