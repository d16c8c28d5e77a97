// Reads the fields of a label set that are lists of text or point to its labels: exclusive groups, examples, globs.
import { parentsOf } from './decide';
import type { ClassificationMode, Example, Label } from './labelSet';
import { limits, quote, replaceBy } from './labelSetProblems';
import type { Fix, LabelSetProblems, Steps } from './labelSetProblems';
import { nearestName } from './nearestName';
import { isRecord, typeName } from './values';

/** A list of text, or one text, without repetitions, each with its place; `where` names it in problems. */
export function readPlacedStrings(
  value: unknown,
  where: string,
  problems: LabelSetProblems,
  steps: Steps,
): Map<string, Steps> {
  const strings = new Map<string, Steps>();
  if (value === undefined) return strings;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > limits.patterns) {
    problems.add(`${where} has more than ${limits.patterns} entries. Remove some.`, { steps });
    return strings;
  }
  for (const [index, item] of items.entries()) {
    const own = Array.isArray(value) ? [...steps, index] : steps;
    if (typeof item !== 'string') {
      const fix = typeof item === 'number' ? replaceBy(JSON.stringify(String(item))) : undefined;
      problems.add(`${where} must be a list of text; it holds ${typeName(item)}.`, { steps: own }, { fix });
    } else if (item.trim() === '') problems.add(`${where} holds a blank entry. Remove it.`, { steps: own });
    else if (!strings.has(item.trim())) strings.set(item.trim(), own);
  }
  return strings;
}

export function readStrings(value: unknown, where: string, problems: LabelSetProblems, steps: Steps): string[] {
  return [...readPlacedStrings(value, where, problems, steps).keys()];
}

/** Names of parents; each must have at least two children. `labels` is null where they are wrong themselves. */
export function readExclusive(
  value: unknown,
  labels: readonly Label[] | null,
  problems: LabelSetProblems,
  steps: Steps,
): string[] {
  const names = readPlacedStrings(value, '“exclusive”', problems, steps);
  if (labels === null) return [...names.keys()];
  const children = childrenOf(labels);
  for (const [name, own] of names) {
    if (problems.full) break;
    const count = children.get(name)?.size;
    if (count === undefined) {
      const reason = labels.some((label) => label.name === name) ? 'has no labels under it' : 'is not there';
      const { advice, fix } = hint(name, children.keys(), 'Name a label that has others under it.');
      problems.add(
        `“exclusive” names ${quote(name)}, which ${reason}. ${advice}`,
        { steps: own },
        { label: name, fix },
      );
    } else if (count < 2) {
      const advice = 'Add another, or take it out.';
      const message = `“exclusive” names ${quote(name)}, which has only one label under it. ${advice}`;
      problems.add(message, { steps: own }, { label: name });
    }
  }
  return [...names.keys()];
}

/** Examples with their labels; `labels` is null where they are wrong themselves. */
export function readExamples(
  value: unknown,
  labels: readonly Label[] | null,
  mode: ClassificationMode,
  problems: LabelSetProblems,
  steps: Steps,
): Example[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.add(`“examples” must be a list of {"text", "labels"}, not ${typeName(value)}.`, { steps });
    return [];
  }
  if (value.length > limits.examples) {
    problems.add(`“examples” has more than ${limits.examples} entries. Remove some.`, { steps });
    return [];
  }
  const names = labels && new Set(labels.map(({ name }) => name));
  const examples: Example[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    if (problems.full) break;
    const where = `example ${index + 1}`;
    const place = { steps: [...steps, index] };
    if (!isRecord(item)) {
      problems.add(`${where} must be an object with “text” and “labels”, not ${typeName(item)}.`, place);
      continue;
    }
    const fields = problems.fields(item, ['text', 'labels'], `${where} has`, place.steps);
    const text = problems.text(
      fields.get('text'),
      `the text of ${where}`,
      limits.exampleLength,
      fields.stepsOf('text'),
    );
    const own = readPlacedStrings(fields.get('labels'), `the labels of ${where}`, problems, fields.stepsOf('labels'));
    if (own.size === 0) problems.add(`${where} has no labels. Add “labels” with at least one label of the set.`, place);
    if (mode === 'single-label' && own.size > 1) {
      const message = `${where} has ${own.size} labels, but in single-label mode there is one. Keep one.`;
      problems.add(message, { steps: fields.stepsOf('labels') });
    }
    if (names) checkLabels(own, names, where, problems);
    if (text !== undefined) examples.push({ text, labels: [...own.keys()] });
  }
  return examples;
}

function checkLabels(
  own: ReadonlyMap<string, Steps>,
  names: ReadonlySet<string>,
  where: string,
  problems: LabelSetProblems,
): void {
  for (const [name, steps] of own) {
    if (problems.full) return;
    if (names.has(name)) continue;
    const { advice, fix } = hint(name, names, 'Write the full name of a label of the set.');
    const message = `${where} has the label ${quote(name)}, which is not in the set. ${advice}`;
    problems.add(message, { steps }, { label: name, fix });
  }
}

function hint(name: string, names: Iterable<string>, otherwise: string): { advice: string; fix?: Fix } {
  const near = nearestName(name, names);
  if (near === null) return { advice: otherwise };
  return { advice: `Did you mean ${quote(near)}?`, fix: replaceBy(JSON.stringify(near)) };
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
