// Reads the fields of a label set that are lists of text or point to its labels: exclusive groups, examples, globs.
import { parentsOf } from './decide';
import type { ClassificationMode, Example, Label } from './labelSet';
import { limits, quote } from './labelSetProblems';
import type { LabelSetProblems } from './labelSetProblems';
import { nearestName } from './nearestName';
import { isRecord, typeName } from './values';

/** A list of text, or one text, without repetitions; `where` names it in problems. */
export function readStrings(value: unknown, where: string, problems: LabelSetProblems): string[] {
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

/** Names of parents; each must have at least two children. `labels` is null where they are wrong themselves. */
export function readExclusive(value: unknown, labels: readonly Label[] | null, problems: LabelSetProblems): string[] {
  const names = readStrings(value, '“exclusive”', problems);
  if (labels === null) return names;
  const children = childrenOf(labels);
  for (const name of names) {
    if (problems.full) break;
    const count = children.get(name)?.size;
    if (count === undefined) {
      const reason = labels.some((label) => label.name === name) ? 'has no labels under it' : 'is not there';
      const advice = hint(name, children.keys()) ?? 'Name a label that has others under it.';
      problems.add(`“exclusive” names ${quote(name)}, which ${reason}. ${advice}`, name);
    } else if (count < 2) {
      const advice = 'Add another, or take it out.';
      problems.add(`“exclusive” names ${quote(name)}, which has only one label under it. ${advice}`, name);
    }
  }
  return names;
}

/** Examples with their labels; `labels` is null where they are wrong themselves. */
export function readExamples(
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
  const examples: Example[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    if (problems.full) break;
    const where = `example ${index + 1}`;
    if (!isRecord(item)) {
      problems.add(`${where} must be an object with “text” and “labels”, not ${typeName(item)}.`);
      continue;
    }
    problems.unknownKeys(item, ['text', 'labels'], `${where} has`);
    const text = problems.text(item['text'], `the text of ${where}`, limits.exampleLength);
    const own = readStrings(item['labels'], `the labels of ${where}`, problems);
    if (own.length === 0) problems.add(`${where} has no labels. Add “labels” with at least one label of the set.`);
    if (mode === 'single-label' && own.length > 1) {
      problems.add(`${where} has ${own.length} labels, but in single-label mode there is one. Keep one.`);
    }
    if (names) checkLabels(own, names, where, problems);
    if (text !== undefined) examples.push({ text, labels: own });
  }
  return examples;
}

function checkLabels(
  own: readonly string[],
  names: ReadonlySet<string>,
  where: string,
  problems: LabelSetProblems,
): void {
  for (const name of own) {
    if (problems.full) return;
    if (names.has(name)) continue;
    const advice = hint(name, names) ?? 'Write the full name of a label of the set.';
    problems.add(`${where} has the label ${quote(name)}, which is not in the set. ${advice}`, name);
  }
}

function hint(name: string, names: Iterable<string>): string | null {
  const near = nearestName(name, names);
  return near === null ? null : `Did you mean ${quote(near)}?`;
}

/** Direct children of each parent, by full name of the parent. */
function childrenOf(labels: readonly Label[]): Map<string, Set<string>> {
  const children = new Map<string, Set<string>>();
  for (const label of labels) {
    parentsOf(label).forEach((parent, depth) => {
      const known = children.get(parent) ?? new Set();
      children.set(parent, known.add(label.path[depth + 1] ?? ''));
    });
  }
  return children;
}
