// Reads the field `finding` of a label: whether a text that carries it is reported, and how grave that is.
import { findingLevels, type FindingLevel } from './labelSet';
import { quote, wrongChoice } from './labelSetProblems';
import type { LabelSetProblems, Steps } from './labelSetProblems';

/** What `true` means. */
const usual: FindingLevel = 'warning';

export function isFinding(value: unknown): boolean {
  return typeof value === 'boolean' || findingLevels.some((level) => level === value);
}

/** Undefined where the label is no finding, and (with a problem) where the value is wrong. `where` begins the message. */
export function readFinding(
  value: unknown,
  where: string,
  problems: LabelSetProblems,
  steps: Steps,
  label: string,
): FindingLevel | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return usual;
  const level = findingLevels.find((known) => known === value);
  if (level !== undefined) return level;
  const { got, fix } = wrongChoice(value, findingLevels);
  const choices = findingLevels.map(quote).join(', ');
  problems.add(`${where} must be true, false or one of ${choices}, not ${got}.`, { steps }, { label, fix });
  return undefined;
}
