// Switches of the filter box: terms such as `@stale` put into a search and taken out of it.
import type { QueryState } from './parseQuery';

/** The text with a switch put in, or taken out where it is there. */
export function toggleSwitch(text: string, name: QueryState): string {
  const pattern = new RegExp(`(^|\\s)@${name}(?=\\s|$)`, 'giu');
  if (pattern.test(text)) return text.replace(pattern, '').trim();
  return `${text.trim()} @${name}`.trim();
}

export function hasSwitch(text: string, name: QueryState): boolean {
  return text.toLowerCase().split(/\s+/u).includes(`@${name}`);
}
