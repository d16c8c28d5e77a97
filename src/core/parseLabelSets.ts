// Turns the value of `glitag.labelSets` into label sets, or into problems that say what to change.
import type { ClassificationMode, LabelSet } from './labelSet';
import { LabelSetProblems, limits, quote, replaceBy, wrongChoice } from './labelSetProblems';
import type { LabelSetProblem, Steps } from './labelSetProblems';
import { nearestName } from './nearestName';
import { readLabels } from './readLabels';
import { readExamples, readExclusive, readStrings } from './readReferences';
import { isRecord, typeName } from './values';

export type { LabelSetProblem } from './labelSetProblems';

export interface ParsedLabelSets {
  /** In the order written, without those that have an error. */
  readonly sets: LabelSet[];
  /** Errors and warnings, set by set. */
  readonly problems: LabelSetProblem[];
}

/** Fields of a label set. */
export const setKeys: readonly string[] = [
  'labels',
  'mode',
  'threshold',
  'exclusive',
  'prompt',
  'model',
  'examples',
  'exampleForm',
  'include',
  'exclude',
];
const modes: readonly [ClassificationMode, ClassificationMode] = ['multi-label', 'single-label'];
const exampleForms = ['few-shot', 'retrieved'] as const;

/** Without a threshold of its own a single-label set always gives its best label: softmax scores shrink with many labels. */
const defaultThreshold: Record<ClassificationMode, number> = { 'multi-label': 0.5, 'single-label': 0 };

/** Names of models that this machine knows, asked for only where a set names one. Any name will do where undefined. */
export type KnownModels = () => readonly string[] | undefined;

/**
 * Never throws on values made of JSON, however wrong or large; rules for `labels` are in readLabels.ts.
 * @param models A set that names another one cannot be used. Any name will do where absent.
 */
export function parseLabelSets(value: unknown, models?: KnownModels): ParsedLabelSets {
  if (value === undefined) return { sets: [], problems: [] };
  if (!isRecord(value)) {
    const message = `“glitag.labelSets” must be an object of label sets by name, not ${typeName(value)}.`;
    return { sets: [], problems: [{ set: '', message, warning: false, steps: [] }] };
  }
  const sets: LabelSet[] = [];
  const problems: LabelSetProblem[] = [];
  for (const [index, [name, entry]] of Object.entries(value).entries()) {
    const found = new LabelSetProblems(name);
    const set = index < limits.sets ? parseSet(name, entry, found, models) : null;
    if (index >= limits.sets)
      found.add(`there are more than ${limits.sets} label sets. Remove some.`, { steps: [name], key: true });
    problems.push(...found.list);
    if (set && found.errorCount === 0) sets.push(set);
    if (index >= limits.sets) break;
  }
  return { sets, problems };
}

function parseSet(
  name: string,
  value: unknown,
  problems: LabelSetProblems,
  models: KnownModels | undefined,
): LabelSet | null {
  const steps = [name];
  checkSetName(name, problems);
  if (!isRecord(value)) {
    const fix = { title: 'Write it as “labels”', text: JSON.stringify({ labels: value }) };
    problems.add(
      `it must be an object with “labels”, not ${typeName(value)}. Write {"labels": […]}.`,
      { steps },
      { fix: Array.isArray(value) ? fix : undefined },
    );
    return null;
  }
  const fields = problems.fields(value, setKeys, 'it has', steps);
  if (fields.get('labels') === undefined) {
    problems.add('it has no “labels”. Add a list of labels, or an object of them.', { steps, key: true });
    return null;
  }
  const before = problems.errorCount;
  const labels = readLabels(fields.get('labels'), problems, fields.stepsOf('labels'));
  // With a wrong label left out, names that point to it would only be told as wrong too.
  const known = problems.errorCount === before ? labels : null;
  const choice = <C extends string>(key: string, choices: readonly [C, C]) =>
    readChoice(key, choices, fields.get(key), problems, fields.stepsOf(key));
  const mode = choice('mode', modes);
  const form = choice('exampleForm', exampleForms);
  const prompt = fields.get('prompt');
  const text =
    prompt === undefined || prompt === ''
      ? undefined
      : problems.text(prompt, '“prompt”', limits.promptLength, fields.stepsOf('prompt'));
  const model = readModel(fields.get('model'), problems, fields.stepsOf('model'), models);
  const strings = (key: string) => readStrings(fields.get(key), `“${key}”`, problems, fields.stepsOf(key));
  const threshold = problems.threshold(fields.get('threshold'), '“threshold”', fields.stepsOf('threshold'));
  return {
    name,
    labels,
    mode,
    threshold: threshold ?? defaultThreshold[mode],
    exclusive: readExclusive(fields.get('exclusive'), known, problems, fields.stepsOf('exclusive')),
    ...(text === undefined ? {} : { prompt: text }),
    ...(model === undefined ? {} : { model }),
    examples: readExamples(fields.get('examples'), known, mode, problems, fields.stepsOf('examples')),
    ...(form === 'retrieved' ? { exampleForm: form } : {}),
    include: strings('include'),
    exclude: strings('exclude'),
  };
}

function checkSetName(name: string, problems: LabelSetProblems): void {
  const add = (message: string): void => {
    problems.add(message, { steps: [name], key: true });
  };
  if (name.trim() === '') add('its name is blank. Give it a name.');
  else if (name.length > limits.nameLength) add(`its name is longer than ${limits.nameLength} characters. Shorten it.`);
  else if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) {
    add('its name holds a line break or another control character. Write it in one line.');
  }
}

/** The first of the choices where there is none. */
function readChoice<C extends string>(
  key: string,
  choices: readonly [C, C],
  value: unknown,
  problems: LabelSetProblems,
  steps: Steps,
): C {
  const [usual] = choices;
  if (value === undefined) return usual;
  const chosen = choices.find((known) => known === value);
  if (chosen !== undefined) return chosen;
  const meant =
    typeof value === 'string'
      ? choices.find((known) => known.startsWith(value.toLowerCase().trim() || '?'))
      : undefined;
  const { got, fix } = wrongChoice(value, choices, meant);
  problems.add(`${quote(key)} must be ${choices.map(quote).join(' or ')}, not ${got}.`, { steps }, { fix });
  return usual;
}

function readModel(
  value: unknown,
  problems: LabelSetProblems,
  steps: Steps,
  known: KnownModels | undefined,
): string | undefined {
  const name = value === undefined ? undefined : problems.text(value, '“model”', limits.nameLength, steps);
  const models = name === undefined ? undefined : known?.();
  if (name === undefined || !models || models.includes(name)) return name;
  const near = nearestName(name, models);
  const fix = near === null ? undefined : replaceBy(JSON.stringify(near));
  problems.add(
    `this machine knows no model ${quote(name)}. Install it with “GLiTag: Choose Model”, say in “glitag.models” of your user settings where it is, or name another one: ${models.map(quote).join(', ')}.`,
    { steps },
    { fix },
  );
  return undefined;
}
