// Labels as they are written in one line: `urgent; topic: planning, hiring (new people); tone (one of): calm, angry`.
//
// Groups are separated by `;`, labels by `,`. What is in parentheses behind a label is its description; `(one of)` behind the name
// of a group makes its labels exclude each other. What is not finished yet is left out, so that every state of typing can be tried.

/** A label in a list, as `glitag.labelSets` takes it. */
export type TypedLabel = string | { readonly name: string; readonly description: string };
type TypedGroup = Readonly<Record<string, readonly TypedLabel[]>>;

/** The part of an entry of `glitag.labelSets` that was typed. */
export interface TypedLabels {
  readonly labels: TypedGroup | readonly (TypedLabel | TypedGroup)[];
  readonly exclusive: readonly string[];
}

const oneOf = 'one of';

export function parseTypedLabels(text: string): TypedLabels {
  const loose: TypedLabel[] = [];
  const groups = new Map<string, TypedLabel[]>();
  const exclusive = new Set<string>();
  for (const part of split(text, /[;\n]/)) {
    const [head, ...rest] = split(part, /:/);
    if (head === undefined || rest.length === 0) {
      loose.push(...labelsOf(part));
      continue;
    }
    const { name, note } = withNote(head);
    const labels = labelsOf(rest.join(':'));
    if (name === '') loose.push(...labels);
    if (name === '' || labels.length === 0) continue;
    const group = [...(groups.get(name) ?? []), ...labels];
    groups.set(name, group);
    if (note === oneOf && group.length > 1) exclusive.add(name);
  }
  const nested = Object.fromEntries(groups);
  const labels = groups.size === 0 ? loose : loose.length === 0 ? nested : [...loose, nested];
  return { labels, exclusive: [...exclusive] };
}

/** The way back, for what has at most one level of names above its labels. */
export function formatTypedLabels({ labels, exclusive = [] }: Partial<TypedLabels>): string {
  const parts: string[] = [];
  const group = (name: string, list: readonly TypedLabel[]): string =>
    `${name}${exclusive.includes(name) ? ` (${oneOf})` : ''}: ${list.map(typed).join(', ')}`;
  const groupsOf = (value: TypedGroup) => Object.entries(value).map(([name, list]) => group(name, list));
  if (Array.isArray(labels)) {
    const items = labels as readonly (TypedLabel | TypedGroup)[];
    const loose = items.filter(isLabel).map(typed);
    if (loose.length > 0) parts.push(loose.join(', '));
    for (const item of items) if (!isLabel(item)) parts.push(...groupsOf(item));
  } else if (labels) parts.push(...groupsOf(labels as TypedGroup));
  return parts.join('; ');
}

function isLabel(item: TypedLabel | TypedGroup): item is TypedLabel {
  return typeof item === 'string' || typeof item.name === 'string';
}

function typed(label: TypedLabel): string {
  return typeof label === 'string' ? label : `${label.name} (${label.description})`;
}

function labelsOf(text: string): TypedLabel[] {
  return split(text, /,/).flatMap((part): TypedLabel[] => {
    const { name, note } = withNote(part);
    if (name === '') return [];
    return [note === '' ? name : { name, description: note }];
  });
}

/** `name (note)` */
function withNote(text: string): { name: string; note: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text.trim(), note: '' };
  const close = text.lastIndexOf(')');
  return { name: text.slice(0, open).trim(), note: text.slice(open + 1, close > open ? close : undefined).trim() };
}

/** Parts between separators, those in parentheses aside. */
function split(text: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && separator.test(char)) parts.push('');
    else parts.push((parts.pop() ?? '') + char);
  }
  return parts;
}
