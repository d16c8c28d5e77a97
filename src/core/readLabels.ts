// Reads the `labels` of a label set, nested as the user likes, into labels with full names.
//
// - An object holds a name and what is under it; an array holds labels; a single string is one label. Any depth, any mixture.
// - The keys `description`, `threshold` and `finding` with a plain value (text, number, true, false, null) are always the fields of a leaf:
//   an object that has nothing else is that leaf, and beside names of children they are an error. With a list or an object as
//   value they are names like any other.
// - An item of an array may be `{name, description, threshold, finding}`: it is that leaf wherever `name` has a plain value.
// - A dot in a flat name is part of the name and makes no levels: `Node.js` stays one label.
// - A key one slip away from a field of a leaf (`descripton`) is read as that field where nothing but fields is beside it; beside
//   names of labels it is a label. Both come with a warning: no slip of the hand silently makes a label. `funding` is a word of its own:
//   it is a slip of `finding` only with a value that `finding` can have.
// - Names are trimmed. Nothing is dropped silently: an empty list or object is an error.
import { defaultSeparator, joinName } from './flattenLabels';
import type { Label } from './labelSet';
import { isFinding, readFinding } from './readFinding';
import { limits, quote, renameTo, replaceBy } from './labelSetProblems';
import type { Fields, Fix, LabelSetProblems, Steps } from './labelSetProblems';
import { findMarker } from './markers';
import { slipOf, writtenKey } from './nearestName';
import { isRecord, typeName } from './values';

export const leafKeys = ['description', 'threshold', 'finding'];
export const itemKeys = ['name', ...leafKeys];

/** The labels in the order written, without those that have a problem. `steps`: where they stand. */
export function readLabels(value: unknown, problems: LabelSetProblems, steps: Steps): Label[] {
  const reader = new LabelReader(problems);
  reader.read(value, { path: [], steps });
  return reader.labels;
}

/** A part of the labels: its name, root first, and where it stands in the settings. */
interface Node {
  readonly path: readonly string[];
  readonly steps: Steps;
  /** The name is a key: mistakes in it are marked there. */
  readonly named?: boolean;
}

class LabelReader {
  readonly labels: Label[] = [];
  private readonly names = new Set<string>();
  /** Set with the first label too many, so that the rest is not read. */
  private stopped = false;

  constructor(private readonly problems: LabelSetProblems) {}

  read(value: unknown, node: Node, depth = 0): void {
    if (this.done) return;
    const { path, steps } = node;
    if (depth > limits.depth) {
      this.add(`${at(path)} is nested deeper than ${limits.depth} levels. Nest less.`, node);
    } else if (typeof value === 'string') {
      this.leaf({ path: [...path, value], steps });
    } else if (Array.isArray(value)) {
      this.list(value, node, depth);
    } else if (!isRecord(value)) {
      const advice = 'Write a label as text, a list of labels, or an object of them.';
      const fix = isWord(value) ? replaceBy(JSON.stringify(String(value))) : undefined;
      this.add(`${at(path)} cannot be ${typeName(value)}. ${advice}`, node, fix);
    } else if (path.length > 0 && isLeaf(value, leafKeys)) {
      const label = nameOf(path);
      this.leaf(node, this.problems.fields(value, leafKeys, `${at(path)} has`, steps, label));
    } else {
      this.object(value, node, depth);
    }
  }

  private get done(): boolean {
    return this.stopped || this.problems.full;
  }

  private add(message: string, { path, steps, named }: Node, fix?: Fix): void {
    this.problems.add(message, { steps, ...(named === true ? { key: true } : {}) }, { label: nameOf(path), fix });
  }

  private list(items: readonly unknown[], node: Node, depth: number): void {
    const { path } = node;
    if (items.length === 0) this.empty(node);
    for (const [index, item] of items.entries()) {
      if (this.done) return;
      const own = { path, steps: [...node.steps, index] };
      const nameKey = isRecord(item) ? nameKeyOf(item) : null;
      if (isRecord(item) && nameKey !== null) this.named(item, nameKey, own);
      else if (isRecord(item) && isLeaf(item, leafKeys))
        this.add(`${at(path)} holds an object without a name. Add “name” to it.`, own);
      else if (isWord(item)) {
        const text = JSON.stringify(String(item));
        this.add(
          `item ${index + 1} of ${at(path)} is ${typeName(item)}. Write it as text: ${text}.`,
          own,
          replaceBy(text),
        );
      } else if (item === null) this.add(`item ${index + 1} of ${at(path)} is null. Write a label, or remove it.`, own);
      else this.read(item, own, depth + 1);
    }
  }

  private named(item: Readonly<Record<string, unknown>>, key: string, { path, steps }: Node): void {
    const name = item[key];
    if (typeof name !== 'string') {
      const fix = isWord(name) ? replaceBy(JSON.stringify(String(name))) : undefined;
      const place = { path, steps: [...steps, key] };
      this.add(`${at(path)} holds a “name” that is ${typeName(name)}. Write it as text.`, place, fix);
      return;
    }
    const own = [...path, name];
    const fields = this.problems.fields(item, itemKeys, `${at(own)} has`, steps, nameOf(own));
    this.leaf({ path: own, steps: fields.stepsOf('name') }, fields);
  }

  private object(value: Readonly<Record<string, unknown>>, node: Node, depth: number): void {
    const { path, steps } = node;
    const entries = Object.entries(value);
    if (entries.length === 0) this.empty(node);
    const place = path.length === 0 ? 'the “labels” object' : at(path);
    for (const [name, child] of entries) {
      if (this.done) return;
      const own = { path: [...path, name.trim()], steps: [...steps, name], named: true };
      if (leafKeys.includes(name) && isPlain(child)) {
        const advice = 'Only a label without children can have it; for a label of that name write it in a list.';
        this.add(`${place} has ${quote(name)} beside child labels. ${advice}`, { ...own, path });
        continue;
      }
      if (!this.checkName(name, { ...own, path: [...path, name] })) continue;
      const meant = isPlain(child) ? fieldSlip(name, child, leafKeys) : null;
      if (meant !== null && typeof child !== 'string') {
        const reason = `Did you mean ${quote(meant)}? Only a label without children can have it.`;
        this.add(`${place} has ${quote(name)}, which is ${typeName(child)}. ${reason}`, own, renameTo(meant));
        continue;
      }
      if (meant !== null) {
        const advice = `It is read as a label; for a description of ${place} write it as ${quote(meant)} and take its children out.`;
        const key = { steps: own.steps, key: true };
        this.problems.warn(`${place} has the key ${quote(name)}. ${advice}`, key, { label: nameOf(own.path) });
      }
      // A string under a name stands where its value is, all else where the name is.
      this.read(child, typeof child === 'string' ? { path: own.path, steps: own.steps } : own, depth + 1);
    }
  }

  private empty(node: Node): void {
    const root = node.path.length === 0;
    const place = root ? 'there are no labels' : `${at(node.path)} has no labels under it`;
    this.add(`${place}. Add at least one${root ? '' : ', or remove it'}.`, node);
  }

  private leaf(node: Node, fields?: Fields): void {
    const last = node.path.at(-1) ?? '';
    if (!this.checkName(last, node)) return;
    const path = [...node.path.slice(0, -1), last.trim()];
    const name = path.reduce((prefix, part) => joinName(prefix, part, defaultSeparator), '');
    if (name.length > limits.fullNameLength) {
      const reason = `has a full name longer than ${limits.fullNameLength} characters. Shorten it.`;
      this.add(`${at(path)} ${reason}`, { ...node, path });
      return;
    }
    if (this.names.has(name)) {
      this.add(`the label ${quote(name)} is there twice. Rename or remove one.`, { ...node, path });
      return;
    }
    if (this.labels.length >= limits.labels) {
      this.stopped = true;
      const reason = `there are more than ${limits.labels} labels. Split the set into several.`;
      this.problems.add(reason, { steps: node.steps });
      return;
    }
    this.names.add(name);
    const { problems } = this;
    const description = fields?.get('description');
    const text =
      description === undefined
        ? undefined
        : problems.text(
            description,
            `the description of the label ${quote(name)}`,
            limits.descriptionLength,
            fields?.stepsOf('description') ?? node.steps,
            name,
          );
    const where = `the threshold of the label ${quote(name)}`;
    const lowest = problems.threshold(
      fields?.get('threshold'),
      where,
      fields?.stepsOf('threshold') ?? node.steps,
      name,
    );
    const finding = readFinding(
      fields?.get('finding'),
      `“finding” of the label ${quote(name)}`,
      problems,
      fields?.stepsOf('finding') ?? node.steps,
      name,
    );
    this.labels.push({
      name,
      path,
      ...(text === undefined ? {} : { description: text }),
      ...(lowest === undefined ? {} : { threshold: lowest }),
      ...(finding === undefined ? {} : { finding }),
    });
  }

  /** Whether the last part of the path can be (part of) a label name; says why not. */
  private checkName(name: string, node: Node): boolean {
    const { path } = node;
    const parent = path.length > 1 ? ` under ${quote(nameOf(path.slice(0, -1)) ?? '')}` : '';
    const label = `the label ${quote(name)}${parent}`;
    const marker = findMarker(name);
    if (name.trim() === '') this.add(`there is a blank label${parent}. Write its name or remove it.`, node);
    else if (name.length > limits.nameLength) {
      const advice = 'Shorten it and move the rest to its “description”.';
      this.add(`${label} is longer than ${limits.nameLength} characters. ${advice}`, node);
    } else if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name.trim())) {
      this.add(`${label} holds a line break or another control character. Write it in one line.`, node);
    } else if (marker !== null) {
      this.add(`${label} holds ${marker}, which the model reads as a marker. Remove it.`, node);
    } else return true;
    return false;
  }
}

/** See the rules at the top. An empty object is not a leaf: it is a parent without children. */
export function isLeaf(value: Readonly<Record<string, unknown>>, known: readonly string[]): boolean {
  const keys = Object.keys(value);
  const isField = (key: string) =>
    (known.includes(key) || fieldSlip(key, value[key], known) !== null) && isPlain(value[key]);
  return keys.length > 0 && keys.every(isField);
}

/** The field that a key with such a value is a slip of. */
function fieldSlip(key: string, value: unknown, known: readonly string[]): string | null {
  const meant = slipOf(key, known);
  return meant === 'finding' && !isFinding(value) ? null : meant;
}

/** The key of an item's name; null where the item is no label with its name beside it (see the rules at the top). */
export function nameKeyOf(item: Readonly<Record<string, unknown>>): string | null {
  if (!isPlain(item['name']) && !isMisspelledItem(item)) return null;
  return writtenKey(item, 'name', itemKeys);
}

/** `{"nmae": "x", "description": "…"}`. By itself `{"nmae": "x"}` is a name with a label under it: `game` is no slip. */
function isMisspelledItem(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value);
  return keys.length > 1 && isLeaf(value, itemKeys) && keys.some((key) => slipOf(key, itemKeys) === 'name');
}

/** A number, true or false: text without its quotes. */
function isWord(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function isPlain(value: unknown): boolean {
  return value !== undefined && (value === null || typeof value !== 'object');
}

function at(path: readonly string[]): string {
  return path.length === 0 ? '“labels”' : `the label ${quote(nameOf(path) ?? '')}`;
}

/** Full name for messages; undefined at the root. */
function nameOf(path: readonly string[]): string | undefined {
  return path.length === 0 ? undefined : path.map((part) => part.trim()).join(defaultSeparator);
}
