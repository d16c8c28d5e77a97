// Collects what is wrong with one label set, in words a user can act on, and reads the values that several fields share.
import { findMarker } from './markers';
import { nearestName } from './nearestName';
import { typeName } from './values';

export interface LabelSetProblem {
  /** Name of the set; empty where the whole setting is wrong. */
  readonly set: string;
  /** The label at fault, where it is one. */
  readonly label?: string;
  /** Names the set, the label and the reason, and says what to do. */
  readonly message: string;
}

/** Sizes far above any sensible use; they keep hostile settings from stalling the editor. */
export const limits = {
  sets: 200,
  labels: 2000,
  depth: 32,
  nameLength: 200,
  fullNameLength: 1000,
  descriptionLength: 2000,
  promptLength: 4000,
  examples: 500,
  exampleLength: 20_000,
  patterns: 500,
  /** Problems told of one set; more would only bury the first. */
  problems: 20,
} as const;

export class LabelSetProblems {
  private readonly found: LabelSetProblem[] = [];

  constructor(private readonly set: string) {}

  get list(): readonly LabelSetProblem[] {
    return this.found;
  }

  /** Whether enough has been told; readers stop then. */
  get full(): boolean {
    return this.found.length >= limits.problems;
  }

  add(message: string, label?: string): void {
    if (this.full) return;
    const text = `Label set “${shorten(this.set)}”: ${message}`;
    this.found.push({ set: this.set, ...(label === undefined ? {} : { label }), message: text });
  }

  /** Refuses keys that are not known, with the nearest known one as a hint. `where` begins the message. */
  unknownKeys(value: object, known: readonly string[], where: string, label?: string): void {
    for (const key of Object.keys(value)) {
      // Hints cost time; none is made that nobody will read.
      if (this.full) return;
      if (known.includes(key)) continue;
      const near = nearestName(key, known);
      const hint = near === null ? `Known are ${known.map(quote).join(', ')}.` : `Did you mean ${quote(near)}?`;
      this.add(`${where} the unknown key ${quote(key)}. ${hint}`, label);
    }
  }

  /** A number from 0 to 1. */
  threshold(value: unknown, where: string, label?: string): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    const got = typeof value === 'number' ? String(value) : typeName(value);
    this.add(`${where} must be a number from 0 to 1, not ${got}. Write for example 0.5.`, label);
    return undefined;
  }

  /** Trimmed text that is not blank, not too long and free of markers; undefined (and a problem, if it is wrong) otherwise. */
  text(value: unknown, where: string, maxLength: number, label?: string): string | undefined {
    if (typeof value !== 'string') {
      this.add(
        value === undefined ? `${where} is missing. Add it.` : `${where} must be text, not ${typeName(value)}.`,
        label,
      );
      return undefined;
    }
    const text = value.trim();
    const marker = findMarker(text);
    if (text === '') this.add(`${where} is blank. Write some text or remove it.`, label);
    else if (text.length > maxLength) this.add(`${where} is longer than ${maxLength} characters. Shorten it.`, label);
    else if (marker !== null)
      this.add(`${where} holds ${marker}, which the model reads as a marker. Remove it.`, label);
    else return text;
    return undefined;
  }
}

export function quote(name: string): string {
  return `“${shorten(name)}”`;
}

/** For messages: one line of at most 80 characters, without control characters. */
function shorten(name: string): string {
  const line = name
    .slice(0, 100)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim();
  return line.length <= 80 && name.length <= 100 ? line : `${line.slice(0, 79)}…`;
}
