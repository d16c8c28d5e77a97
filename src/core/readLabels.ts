// Reads the `labels` of a label set, nested as the user likes, into labels with full names.
//
// - An object holds a name and what is under it; an array holds labels; a single string is one label. Any depth, any mixture.
// - The keys `description` and `threshold` with a plain value (text, number, true, false, null) are always the fields of a leaf:
//   an object that has nothing else is that leaf, and beside names of children they are an error. With a list or an object as
//   value they are names like any other.
// - An item of an array may be `{name, description, threshold}`: it is that leaf wherever `name` has a plain value.
// - A dot in a flat name is part of the name and makes no levels: `Node.js` stays one label.
// - Names are trimmed. Nothing is dropped silently: an empty list or object is an error.
import { defaultSeparator, joinName } from './flattenLabels';
import type { Label } from './labelSet';
import { limits, quote } from './labelSetProblems';
import type { LabelSetProblems } from './labelSetProblems';
import { findMarker } from './markers';
import { isRecord, typeName } from './values';

const leafKeys = ['description', 'threshold'];
const itemKeys = ['name', ...leafKeys];

/** The labels in the order written, without those that have a problem. */
export function readLabels(value: unknown, problems: LabelSetProblems): Label[] {
  const reader = new LabelReader(problems);
  reader.read(value, []);
  return reader.labels;
}

class LabelReader {
  readonly labels: Label[] = [];
  private readonly names = new Set<string>();
  /** Set with the first label too many, so that the rest is not read. */
  private stopped = false;

  constructor(private readonly problems: LabelSetProblems) {}

  read(value: unknown, path: readonly string[], depth = 0): void {
    if (this.done) return;
    if (depth > limits.depth) {
      this.problems.add(`${at(path)} is nested deeper than ${limits.depth} levels. Nest less.`, nameOf(path));
    } else if (typeof value === 'string') {
      this.leaf([...path, value]);
    } else if (Array.isArray(value)) {
      this.list(value, path, depth);
    } else if (!isRecord(value)) {
      const advice = 'Write a label as text, a list of labels, or an object of them.';
      this.problems.add(`${at(path)} cannot be ${typeName(value)}. ${advice}`, nameOf(path));
    } else if (path.length > 0 && isLeaf(value)) {
      this.leaf(path, value);
    } else {
      this.object(value, path, depth);
    }
  }

  private get done(): boolean {
    return this.stopped || this.problems.full;
  }

  private list(items: readonly unknown[], path: readonly string[], depth: number): void {
    if (items.length === 0) this.empty(path);
    for (const item of items) {
      if (this.done) return;
      if (isRecord(item) && isPlain(item['name'])) this.named(item, path);
      else if (isRecord(item) && isLeaf(item)) {
        this.problems.add(`${at(path)} holds an object without a name. Add “name” to it.`, nameOf(path));
      } else this.read(item, path, depth + 1);
    }
  }

  private named(item: Readonly<Record<string, unknown>>, path: readonly string[]): void {
    const name = item['name'];
    if (typeof name !== 'string') {
      this.problems.add(`${at(path)} holds a “name” that is ${typeName(name)}. Write it as text.`, nameOf(path));
      return;
    }
    this.problems.unknownKeys(item, itemKeys, `${at([...path, name])} has`, nameOf([...path, name]));
    this.leaf([...path, name], item);
  }

  private object(value: Readonly<Record<string, unknown>>, path: readonly string[], depth: number): void {
    const entries = Object.entries(value);
    if (entries.length === 0) this.empty(path);
    for (const [name, child] of entries) {
      if (this.done) return;
      if (leafKeys.includes(name) && isPlain(child)) {
        const place = path.length === 0 ? 'the “labels” object' : at(path);
        const advice = 'Only a label without children can have it; for a label of that name write it in a list.';
        this.problems.add(`${place} has ${quote(name)} beside child labels. ${advice}`, nameOf(path));
      } else if (this.checkName(name, [...path, name])) {
        this.read(child, [...path, name.trim()], depth + 1);
      }
    }
  }

  private empty(path: readonly string[]): void {
    const place = path.length === 0 ? 'there are no labels' : `${at(path)} has no labels under it`;
    this.problems.add(`${place}. Add at least one${path.length === 0 ? '' : ', or remove it'}.`, nameOf(path));
  }

  private leaf(written: readonly string[], fields: Readonly<Record<string, unknown>> = {}): void {
    const last = written.at(-1) ?? '';
    if (!this.checkName(last, written)) return;
    const path = [...written.slice(0, -1), last.trim()];
    const name = path.reduce((prefix, part) => joinName(prefix, part, defaultSeparator), '');
    if (name.length > limits.fullNameLength) {
      this.problems.add(
        `${at(path)} has a full name longer than ${limits.fullNameLength} characters. Shorten it.`,
        name,
      );
      return;
    }
    if (this.names.has(name)) {
      this.problems.add(`the label ${quote(name)} is there twice. Rename or remove one.`, name);
      return;
    }
    if (this.labels.length >= limits.labels) {
      this.stopped = true;
      this.problems.add(`there are more than ${limits.labels} labels. Split the set into several.`);
      return;
    }
    this.names.add(name);
    const { description, threshold } = fields;
    const text =
      description === undefined
        ? undefined
        : this.problems.text(
            description,
            `the description of the label ${quote(name)}`,
            limits.descriptionLength,
            name,
          );
    const lowest = this.problems.threshold(threshold, `the threshold of the label ${quote(name)}`, name);
    this.labels.push({
      name,
      path,
      ...(text === undefined ? {} : { description: text }),
      ...(lowest === undefined ? {} : { threshold: lowest }),
    });
  }

  /** Whether the last part of `path` can be (part of) a label name; says why not. */
  private checkName(name: string, path: readonly string[]): boolean {
    const label = nameOf(path);
    const parent = path.length > 1 ? ` under ${quote(nameOf(path.slice(0, -1)) ?? '')}` : '';
    if (name.trim() === '') {
      this.problems.add(`there is a blank label${parent}. Write its name or remove it.`, label);
    } else if (name.length > limits.nameLength) {
      const advice = 'Shorten it and move the rest to its “description”.';
      this.problems.add(
        `the label ${quote(name)}${parent} is longer than ${limits.nameLength} characters. ${advice}`,
        label,
      );
    } else if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name.trim())) {
      const reason = 'holds a line break or another control character';
      this.problems.add(`the label ${quote(name)}${parent} ${reason}. Write it in one line.`, label);
    } else {
      const marker = findMarker(name);
      if (marker === null) return true;
      const reason = `holds ${marker}, which the model reads as a marker`;
      this.problems.add(`the label ${quote(name)}${parent} ${reason}. Remove it.`, label);
    }
    return false;
  }
}

/** See the rules at the top. An empty object is not a leaf: it is a parent without children. */
function isLeaf(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => leafKeys.includes(key) && isPlain(value[key]));
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
