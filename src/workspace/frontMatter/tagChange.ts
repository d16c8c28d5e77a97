// Which tags of a list stay and which come: the same for every language of front matter.
import { AppError } from '../../shared/errors';

export interface TagChange {
  /** For each entry of the list: it stays. */
  readonly kept: readonly boolean[];
  readonly added: readonly string[];
}

export interface WriteTagsOptions {
  /** The key that holds the tags; found in any case (`Tags:`). Default `tags`. */
  readonly key?: string;
  /**
   * Tags that are ours to take away: all labels of the set, as they are written. A tag in the document that is in here and not in
   * `tags` goes; others are the user's own and stay. Default: nothing is taken away.
   */
  readonly owned?: readonly string[];
}

/** A list of tags as it stands in the document; null for entries that are no text. Null where nothing is to be changed. */
export function changeOf(
  existing: readonly (string | null)[],
  tags: readonly string[],
  owned: readonly string[] = [],
): TagChange | null {
  const ours = new Set(owned.map(folded));
  const wanted = new Set(tags.map(folded));
  const there = new Set(existing.flatMap((tag) => (tag === null ? [] : [folded(tag)])));
  const kept = existing.map((tag) => tag === null || !ours.has(folded(tag)) || wanted.has(folded(tag)));
  const added = tags.filter((tag, index) => !there.has(folded(tag)) && tags.indexOf(tag) === index);
  return added.length === 0 && kept.every(Boolean) ? null : { kept, added };
}

/** `a, b` is a list too, as Jekyll and Obsidian read it. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Whether a key is the one that holds the tags. */
export function isKey(name: unknown, key: string): boolean {
  return typeof name === 'string' && folded(name) === folded(key);
}

export function refusal(why: string): AppError {
  return new AppError('input-invalid', `The tags cannot be written into this document: ${why}`);
}

/** Throws where a list has comments, which go when it is written anew. `list`: the text of the list; `items`: of its entries, in order. */
export function refuseComments(list: string, items: readonly string[]): void {
  let [between, end] = ['', 0];
  for (const item of items) {
    const start = list.indexOf(item, end);
    between += list.slice(end, start);
    end = start + item.length;
  }
  if ((between + list.slice(end)).includes('#'))
    throw refusal('there are comments in its list of tags. Write it without, or change the tags by hand.');
}

/** Programs that read tags take `Bug` and `bug` for one. */
export function folded(tag: string): string {
  return tag.toLowerCase();
}
