// A document's effective tags: what the model says, after what people decided.
import { childUnder } from '../decide';
import type { Label, LabelSet } from '../labelSet';
import type { LabelScore, TagResult } from '../tagResult';
import { isOnOlderText } from './decision';
import type { EffectiveTag, Verdicted } from './decision';

/** What of a decision counts here; all are of the document (or passage) at hand and of the set. */
export type LabelVerdict = Verdicted & { readonly label: string | null };

export interface EffectiveTags {
  /**
   * Tags that stand (`proposed`, `accepted`, `added`), best score first; equals in the order of the set, as core/decide has them.
   * A decided tag lies where its score puts it: how sure the model is stays visible.
   */
  readonly tags: readonly EffectiveTag[];
  /** Rejected tags, in the same order. */
  readonly rejected: readonly EffectiveTag[];
  /** Somebody decided that no label fits, and no label was accepted or added since. */
  readonly noneFits: boolean;
}

export interface EffectiveOptions {
  /** sha256 (hex) of the text as it is now, to tell decisions on an older one; null where it is not known. Default null. */
  readonly textHash?: string | null;
}

/**
 * The model's tags less the rejected ones, and with the accepted and added ones:
 * - An accepted tag stays when its score falls under the threshold later; an added one has the model's score for its label, 0
 *   where the model has not read the document.
 * - Exclusive groups and single-label: what people gave beats what the model proposed. Where they gave several that exclude each
 *   other, the latest counts, of equally late ones the better score.
 * - `none-fits` rejects every tag, but those that were accepted or added at the same time or later.
 * - Where people differ, the latest verdict counts and the tag is marked as a conflict.
 * - Decisions on labels that the set does not have are left out (see labelRenames).
 */
export function effectiveTags(
  result: TagResult,
  decisions: readonly LabelVerdict[],
  set: LabelSet,
  { textHash = null }: EffectiveOptions = {},
): EffectiveTags {
  if (decisions.length === 0) return { tags: result.tags.map(proposed), rejected: [], noneFits: false };
  const latest = latestByLabel(decisions);
  const none = latest.get(null);
  const scores = new Map([...result.scores, ...result.tags].map((score) => [score.label, score]));
  const proposals = new Set(result.tags.map(({ label }) => label));
  const given: Given[] = [];
  const rejected: EffectiveTag[] = [];
  const open: { readonly label: Label; readonly tag: EffectiveTag }[] = [];
  for (const label of set.labels) {
    const score = scores.get(label.name) ?? { label: label.name, score: 0, start: 0, end: 0 };
    const own = latest.get(label.name);
    const counts = own && (!none || own.verdict === 'rejected' || own.decidedMs >= none.decidedMs) ? own : undefined;
    if (counts && counts.verdict !== 'rejected') {
      const state = counts.verdict === 'added' ? 'added' : 'accepted';
      given.push({ label, decidedMs: counts.decidedMs, tag: marked(score, state, counts, textHash) });
    } else if (counts) {
      rejected.push(marked(score, 'rejected', counts, textHash));
    } else if (none && (proposals.has(label.name) || own)) {
      rejected.push(marked(score, 'rejected', none, textHash));
    } else if (proposals.has(label.name)) {
      open.push({ label, tag: proposed(score) });
    }
  }
  const standing = given.filter((one) => !given.some((other) => other !== one && beats(other, one, set)));
  const free = open.filter(({ label }) => !standing.some((one) => excludes(one.label, label, set)));
  return {
    tags: bestFirst([...standing, ...free], set),
    rejected: rejected.sort((a, b) => b.score - a.score),
    noneFits: none !== undefined && standing.length === 0,
  };
}

interface Given {
  readonly label: Label;
  readonly decidedMs: number;
  readonly tag: EffectiveTag;
}

type Latest = Verdicted & { readonly conflict: boolean };

function latestByLabel(decisions: readonly LabelVerdict[]): Map<string | null, Latest> {
  const latest = new Map<string | null, Latest>();
  for (const { label, ...decision } of decisions) {
    const other = latest.get(label);
    const conflict = other !== undefined && (other.conflict || other.verdict !== decision.verdict);
    latest.set(label, { ...(other && !isLater(decision, other) ? other : decision), conflict });
  }
  return latest;
}

/** Ties go by name, so that all who merge see the same. */
function isLater(a: Verdicted, b: Verdicted): boolean {
  return a.decidedMs === b.decidedMs ? (a.by ?? '') > (b.by ?? '') : a.decidedMs > b.decidedMs;
}

function marked(score: LabelScore, state: Exclude<EffectiveTag['state'], 'proposed'>, of: Latest, hash: string | null) {
  return {
    ...score,
    state,
    ...(of.conflict ? { conflict: true as const } : {}),
    ...(isOnOlderText(of, hash) ? { olderText: true as const } : {}),
  };
}

function proposed(score: LabelScore): EffectiveTag {
  return { ...score, state: 'proposed' };
}

/** Whether two labels cannot both be tags of one document. */
export function excludes(a: Label, b: Label, set: LabelSet): boolean {
  if (a.name === b.name) return false;
  if (set.mode === 'single-label') return true;
  return set.exclusive.some((parent) => {
    const child = childUnder(parent, a);
    const other = childUnder(parent, b);
    return child !== null && other !== null && child !== other;
  });
}

function beats(a: Given, b: Given, set: LabelSet): boolean {
  if (!excludes(a.label, b.label, set)) return false;
  if (a.decidedMs !== b.decidedMs) return a.decidedMs > b.decidedMs;
  if (a.tag.score !== b.tag.score) return a.tag.score > b.tag.score;
  return set.labels.indexOf(a.label) < set.labels.indexOf(b.label);
}

function bestFirst(all: readonly { readonly label: Label; readonly tag: EffectiveTag }[], set: LabelSet) {
  const order = new Map(set.labels.map(({ name }, index) => [name, index]));
  return all
    .map(({ tag }) => tag)
    .sort((a, b) => b.score - a.score || (order.get(a.label) ?? 0) - (order.get(b.label) ?? 0));
}
