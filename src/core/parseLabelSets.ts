// Turns the value of `glitag.labelSets` into label sets, or into problems that say what to change.
import type { ClassificationMode, LabelSet } from './labelSet';
import { LabelSetProblems, limits, quote } from './labelSetProblems';
import type { LabelSetProblem } from './labelSetProblems';
import { readLabels } from './readLabels';
import { readExamples, readExclusive, readStrings } from './readReferences';
import { isRecord, typeName } from './values';

export type { LabelSetProblem } from './labelSetProblems';

export interface ParsedLabelSets {
  /** In the order written, without those that have a problem. */
  readonly sets: LabelSet[];
  readonly problems: LabelSetProblem[];
}

const setKeys = ['labels', 'mode', 'threshold', 'exclusive', 'prompt', 'examples', 'include', 'exclude'];
const modes: readonly ClassificationMode[] = ['multi-label', 'single-label'];

/** Without a threshold of its own a single-label set always gives its best label: softmax scores shrink with many labels. */
const defaultThreshold: Record<ClassificationMode, number> = { 'multi-label': 0.5, 'single-label': 0 };

/** Never throws on values made of JSON, however wrong or large; rules for `labels` are in readLabels.ts. */
export function parseLabelSets(value: unknown): ParsedLabelSets {
  if (value === undefined) return { sets: [], problems: [] };
  if (!isRecord(value)) {
    const message = `“glitag.labelSets” must be an object of label sets by name, not ${typeName(value)}.`;
    return { sets: [], problems: [{ set: '', message }] };
  }
  const sets: LabelSet[] = [];
  const problems: LabelSetProblem[] = [];
  for (const [index, [name, entry]] of Object.entries(value).entries()) {
    const found = new LabelSetProblems(name);
    const set = index < limits.sets ? parseSet(name, entry, found) : null;
    if (index >= limits.sets) found.add(`there are more than ${limits.sets} label sets. Remove some.`);
    problems.push(...found.list);
    if (set && found.list.length === 0) sets.push(set);
    if (index >= limits.sets) break;
  }
  return { sets, problems };
}

function parseSet(name: string, value: unknown, problems: LabelSetProblems): LabelSet | null {
  checkSetName(name, problems);
  if (!isRecord(value)) {
    problems.add(`it must be an object with “labels”, not ${typeName(value)}. Write {"labels": […]}.`);
    return null;
  }
  problems.unknownKeys(value, setKeys, 'it has');
  if (value['labels'] === undefined) {
    problems.add('it has no “labels”. Add a list of labels, or an object of them.');
    return null;
  }
  const before = problems.list.length;
  const labels = readLabels(value['labels'], problems);
  // With a wrong label left out, names that point to it would only be told as wrong too.
  const known = problems.list.length === before ? labels : null;
  const mode = readMode(value['mode'], problems);
  const prompt = value['prompt'];
  const text =
    prompt === undefined || prompt === '' ? undefined : problems.text(prompt, '“prompt”', limits.promptLength);
  return {
    name,
    labels,
    mode,
    threshold: problems.threshold(value['threshold'], '“threshold”') ?? defaultThreshold[mode],
    exclusive: readExclusive(value['exclusive'], known, problems),
    ...(text === undefined ? {} : { prompt: text }),
    examples: readExamples(value['examples'], known, mode, problems),
    include: readStrings(value['include'], '“include”', problems),
    exclude: readStrings(value['exclude'], '“exclude”', problems),
  };
}

function checkSetName(name: string, problems: LabelSetProblems): void {
  if (name.trim() === '') problems.add('its name is blank. Give it a name.');
  else if (name.length > limits.nameLength)
    problems.add(`its name is longer than ${limits.nameLength} characters. Shorten it.`);
  else if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) {
    problems.add('its name holds a line break or another control character. Write it in one line.');
  }
}

function readMode(value: unknown, problems: LabelSetProblems): ClassificationMode {
  if (value === undefined) return 'multi-label';
  const mode = modes.find((known) => known === value);
  if (mode) return mode;
  const got = typeof value === 'string' ? quote(value) : typeName(value);
  problems.add(`“mode” must be “multi-label” or “single-label”, not ${got}.`);
  return 'multi-label';
}
