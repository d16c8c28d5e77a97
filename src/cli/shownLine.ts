// A line for a terminal. Names and texts come from others' files: what a terminal would obey is shown, or is a space.
import { safeText } from '../core/tree/safeText';

export function shownLine(line: string): string {
  return safeText(line, line.length);
}
