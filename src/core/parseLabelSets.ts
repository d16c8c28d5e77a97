// Turns the value of `glitag.labelSets` into label sets, or into problems that say what to change.
import { childUnder, parentsOf } from './decide';
import type { ClassificationMode, Example, Label, LabelSet } from './labelSet';
import { LabelSetProblems, limits, quote } from './labelSetProblems';
import type { LabelSetProblem } from './labelSetProblems';
import { nearestName } from './nearestName';
import { readLabels } from './readLabels';
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

/** A list of text, or one text; never blank. */
function readStrings(value: unknown, where: string, problems: LabelSetProblems): string[] {
  if (value === undefined) return [];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > limits.patterns) {
    problems.add(`${where} has more than ${limits.patterns} entries. Remove some.`);
    return [];
  }
  const strings = new Set<string>();
  for (const item of items) {
    if (typeof item !== 'string') problems.add(`${where} must be a list of text; it holds ${typeName(item)}.`);
    else if (item.trim() === '') problems.add(`${where} holds a blank entry. Remove it.`);
    else strings.add(item.trim());
  }
  return [...strings];
}

function readExclusive(value: unknown, labels: readonly Label[] | null, problems: LabelSetProblems): string[] {
  const names = readStrings(value, '“exclusive”', problems);
  if (labels === null) return names;
  const parents = new Set(labels.flatMap(parentsOf));
  return names.filter((name) => {
    if (!parents.has(name)) {
      const isLabel = labels.some((label) => label.name === name);
      const near = nearestName(name, parents);
      const advice = near === null ? 'Name a label that has others under it.' : `Did you mean ${quote(near)}?`;
      problems.add(
        `“exclusive” names ${quote(name)}, which ${isLabel ? 'has no labels under it' : 'is not there'}. ${advice}`,
        name,
      );
      return false;
    }
    const children = new Set(labels.map((label) => childUnder(name, label)).filter((child) => child !== null));
    if (children.size >= 2) return true;
    problems.add(
      `“exclusive” names ${quote(name)}, which has only one label under it. Add another, or take it out.`,
      name,
    );
    return false;
  });
}

function readExamples(
  value: unknown,
  labels: readonly Label[] | null,
  mode: ClassificationMode,
  problems: LabelSetProblems,
): Example[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.add(`“examples” must be a list of {"text", "labels"}, not ${typeName(value)}.`);
    return [];
  }
  if (value.length > limits.examples) {
    problems.add(`“examples” has more than ${limits.examples} entries. Remove some.`);
    return [];
  }
  const names = labels && new Set(labels.map(({ name }) => name));
  return (value as readonly unknown[]).flatMap((item, index) => {
    const where = `example ${index + 1}`;
    if (!isRecord(item)) {
      problems.add(`${where} must be an object with “text” and “labels”, not ${typeName(item)}.`);
      return [];
    }
    problems.unknownKeys(item, ['text', 'labels'], `${where} has`);
    const text = problems.text(item['text'], `the text of ${where}`, limits.exampleLength);
    const own = readStrings(item['labels'], `the labels of ${where}`, problems);
    if (own.length === 0) problems.add(`${where} has no labels. Add “labels” with at least one label of the set.`);
    if (mode === 'single-label' && own.length > 1) {
      problems.add(`${where} has ${own.length} labels, but in single-label mode there is one. Keep one.`);
    }
    for (const name of names ? own.filter((label) => !names.has(label)) : []) {
      const near = nearestName(name, names ?? []);
      const advice = near === null ? 'Write the full name of a label of the set.' : `Did you mean ${quote(near)}?`;
      problems.add(`${where} has the label ${quote(name)}, which is not in the set. ${advice}`, name);
    }
    return text === undefined ? [] : [{ text, labels: own }];
  });
}
