// What people have decided of a tag, as icons with words beside them.
import type { LabelDecision } from '../../src/core/tree/decisions';
import { stateMarks } from '../../src/core/tree/words';
import { element, icon } from './dom';

/** Icon and word of each mark; the word gives way where there is no room, and the tooltip has it. */
export function markElements(decision: LabelDecision): HTMLElement[] {
  return stateMarks(decision).map((mark) => {
    const made = element('span', 'mark', icon(mark.icon), element('span', 'mark-word', mark.word));
    made.title = mark.sentence;
    return made;
  });
}

/** The icons alone, for the tags of a closed row. */
export function markIcons(decision: LabelDecision): HTMLElement[] {
  return stateMarks(decision).map((mark) => {
    const made = icon(mark.icon);
    made.classList.add('mark-icon');
    made.title = mark.sentence;
    return made;
  });
}
