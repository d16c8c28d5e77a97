// What documents and settings hold, as agents read it: cut to a length, so that no part of an answer crowds out the others.
import type { AgentLabelSet, AgentScore, FoundDocument } from './agentSource';
import { maxLabelsLength, maxListLength, maxNameLength, maxPassageLength, maxResults } from './limits';

/** `more…`: how many are left out from the end. */
export interface ShortDocument extends FoundDocument {
  readonly moreTags?: number;
  readonly moreGiven?: number;
}

export function shortDocument({ tags, given, ...document }: FoundDocument): ShortDocument {
  return { ...document, ...shortTags(tags), ...(given ? shortGiven(given) : {}) };
}

export function shortTags(tags: readonly AgentScore[]): Pick<ShortDocument, 'tags' | 'moreTags'> {
  const shown = roomFor(tags.slice(0, maxResults).map(shortScore), maxListLength);
  const more = tags.length - shown.length;
  return { tags: shown, ...(more > 0 ? { moreTags: more } : {}) };
}

function shortGiven(given: readonly string[]): Pick<ShortDocument, 'given' | 'moreGiven'> {
  const shown = roomFor(given.slice(0, maxResults).map(shortName), maxListLength);
  const more = given.length - shown.length;
  return { given: shown, ...(more > 0 ? { moreGiven: more } : {}) };
}

/** As many labels as there is room for, whatever their number: they are what can be searched for. */
export function shortSet({ labels, ...set }: AgentLabelSet): AgentLabelSet & { readonly moreLabels?: number } {
  const short = labels.map(({ name, description }) => ({
    name: shortName(name),
    ...(description === undefined ? {} : { description: shortName(description) }),
  }));
  const shown = roomFor(short, maxLabelsLength);
  const more = labels.length - shown.length;
  return { ...set, labels: shown, ...(more > 0 ? { moreLabels: more } : {}) };
}

export function shortScore({ label, score, ...rest }: AgentScore): AgentScore {
  return { label: shortName(label), score: cutScore(score), ...rest };
}

/** Three digits, cut: a score that misses a threshold must not look as if it reached it. */
export function cutScore(score: number): number {
  return Math.floor(score * 1000 + 1e-9) / 1000;
}

export function shortText(text: string, most = maxPassageLength): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const shortName = (name: string) => shortText(name, maxNameLength);

/** The first ones, as many as `most` UTF-16 units of JSON hold. */
function roomFor<T>(items: readonly T[], most: number): readonly T[] {
  let room = most;
  const past = items.findIndex((item) => (room -= JSON.stringify(item).length + 1) < 0);
  return past === -1 ? items : items.slice(0, past);
}
