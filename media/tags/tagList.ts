// The tags of a closed document in its row: best first, as many as there is room for, then how many more there are.
import { scoreText } from '../../src/core/scoreText';
import { tagDecision } from '../../src/core/tree/decisions';
import type { TreeDocument, TreeLabel } from '../../src/core/tree/treeTypes';
import { element, foreign } from './dom';
import { markIcons } from './stateMarks';

type Tags = TreeDocument['tags'];

/** More never fit into a row. */
const mostDrawn = 8;

/** The list, and "+2" behind it, which `fitTagLists` fills in. */
export function tagList(tags: Tags, labels: readonly TreeLabel[]): HTMLElement[] {
  const made = tags.slice(0, mostDrawn).map((tag) => {
    const name = foreign(labels[tag.label]?.path.at(-1) ?? '', 'tag-name ellipsis');
    return element(
      'span',
      'tag',
      ...markIcons(tagDecision(tag)),
      name,
      element('span', 'tag-score', scoreText(tag.score)),
    );
  });
  const list = element('span', 'tags muted', ...made);
  // The room that the best tag would like, so that the name is cut before it has none.
  list.style.setProperty('--first', String((made[0]?.textContent.length ?? 0) + 1));
  const more = element('span', 'more muted');
  more.dataset['all'] = String(tags.length);
  more.hidden = true;
  return [list, more];
}

/**
 * Counts what each row has room for. Tags that have none wrap into a line that cannot be seen, so the browser's own layout says
 * which; all rows are read together, since each change between two readings would cost a layout.
 */
export function fitTagLists(rows: readonly HTMLElement[]): void {
  const lists = rows.flatMap((row) => {
    const list = row.querySelector<HTMLElement>('.tags');
    const more = row.querySelector<HTMLElement>('.more');
    return list && more ? [{ list, more, all: Number(more.dataset['all']), fitting: 0 }] : [];
  });
  if (lists.length === 0) return;
  for (const { more } of lists) more.hidden = true;
  for (const one of lists) one.fitting = fittingIn(one.list);
  const cut = lists.filter(({ fitting, all }) => fitting < all);
  for (const { more, fitting, all } of cut) {
    more.textContent = `+${all - fitting}`;
    more.hidden = false;
  }
  // "+2" needs room itself.
  for (const one of cut) one.fitting = fittingIn(one.list);
  for (const { more, fitting, all } of cut) more.textContent = `+${all - fitting}`;
}

function fittingIn(list: HTMLElement): number {
  const tags = [...list.children].filter((tag) => tag instanceof HTMLElement);
  return tags.filter((tag) => tag.offsetTop === tags[0]?.offsetTop).length;
}
