// Collects what is wrong with one label set, in words a user can act on, and reads the values that several fields share.
import { findMarker } from './markers';
import { nearestName, slipOf } from './nearestName';
import { typeName } from './values';

/** Steps from the value of `glitag.labelSets` to a place in it: the set's name first, then keys and numbers of items. */
export type Steps = readonly (string | number)[];

/** Where a mistake stands. */
export interface Place {
  readonly steps: Steps;
  /** The last step's key is meant, not its value. */
  readonly key?: boolean;
}

/** What to write in place of the key or value at a mistake's place. */
export interface Fix {
  readonly title: string;
  readonly text: string;
}

export interface LabelSetProblem extends Place {
  /** Name of the set; empty where the whole setting is wrong. */
  readonly set: string;
  /** The label at fault, where it is one. */
  readonly label?: string;
  /** Names the set, the label and the reason, and says what to do. */
  readonly message: string;
  /** The set works all the same; what was guessed is in the message. */
  readonly warning: boolean;
  readonly fix?: Fix;
}

/** Why a set cannot be used, in words; undefined where it can. */
export function firstError(problems: readonly LabelSetProblem[]): string | undefined {
  return problems.find(({ warning }) => !warning)?.message;
}

/** What else is known of a mistake. */
export interface Detail {
  readonly label?: string | undefined;
  readonly fix?: Fix | undefined;
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
  private errors = 0;

  constructor(private readonly set: string) {}

  get list(): readonly LabelSetProblem[] {
    return this.found;
  }

  /** How many of them keep the set from being used. */
  get errorCount(): number {
    return this.errors;
  }

  /** Whether enough has been told; readers stop then. */
  get full(): boolean {
    return this.errors >= limits.problems;
  }

  add(message: string, place: Place, detail?: Detail): void {
    if (this.full) return;
    this.errors++;
    this.push(message, place, false, detail);
  }

  warn(message: string, place: Place, detail?: Detail): void {
    // Counted by themselves: many of them must not hide that a set cannot be used.
    if (this.found.length - this.errors < limits.problems) this.push(message, place, true, detail);
  }

  /**
   * The fields of an object by their known names. A key that is one slip of the hand away from a known one is read as that, with
   * a warning; others are refused, with the nearest known one as a hint. `where` begins the message.
   */
  fields(
    value: Readonly<Record<string, unknown>>,
    known: readonly string[],
    where: string,
    at: Steps,
    label?: string,
  ): Fields {
    const keys = new Map<string, string>();
    for (const key of Object.keys(value)) if (known.includes(key)) keys.set(key, key);
    for (const key of Object.keys(value)) {
      // Hints cost time; none is made that nobody will read.
      if (this.full) break;
      if (known.includes(key)) continue;
      const place = { steps: [...at, key], key: true };
      const meant = slipOf(key, known);
      if (meant !== null) {
        const taken = keys.has(meant);
        const reading = taken
          ? `It is left out, since ${quote(meant)} is there too.`
          : `It is read as ${quote(meant)}.`;
        const fix = taken ? undefined : renameTo(meant);
        this.warn(`${where} the key ${quote(key)}. ${reading} Correct its spelling.`, place, { label, fix });
        if (!taken) keys.set(meant, key);
        continue;
      }
      const near = nearestName(key, known);
      const hint = near === null ? `Known are ${known.map(quote).join(', ')}.` : `Did you mean ${quote(near)}?`;
      const fix = near === null || keys.has(near) ? undefined : renameTo(near);
      this.add(`${where} the unknown key ${quote(key)}. ${hint}`, place, { label, fix });
    }
    return {
      get: (name) => (keys.has(name) ? value[keys.get(name) ?? name] : undefined),
      stepsOf: (name) => (keys.has(name) ? [...at, keys.get(name) ?? name] : at),
    };
  }

  /** A number from 0 to 1. */
  threshold(value: unknown, where: string, steps: Steps, label?: string): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    const got = typeof value === 'number' ? String(value) : typeName(value);
    const meant = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    const fix = meant >= 0 && meant <= 1 ? replaceBy(String(meant)) : undefined;
    this.add(`${where} must be a number from 0 to 1, not ${got}. Write for example 0.5.`, { steps }, { label, fix });
    return undefined;
  }

  /** Trimmed text that is not blank, not too long and free of markers; undefined (and a problem, if it is wrong) otherwise. */
  text(value: unknown, where: string, maxLength: number, steps: Steps, label?: string): string | undefined {
    const text = typeof value === 'string' ? value.trim() : '';
    const marker = findMarker(text);
    const reason =
      value === undefined
        ? 'is missing. Add it.'
        : typeof value !== 'string'
          ? `must be text, not ${typeName(value)}.`
          : text === ''
            ? 'is blank. Write some text or remove it.'
            : text.length > maxLength
              ? `is longer than ${maxLength} characters. Shorten it.`
              : marker !== null
                ? `holds ${marker}, which the model reads as a marker. Remove it.`
                : null;
    if (reason !== null) {
      this.add(`${where} ${reason}`, { steps }, { label });
      return undefined;
    }
    return text;
  }

  private push(message: string, { steps, key }: Place, warning: boolean, { label, fix }: Detail = {}): void {
    this.found.push({
      set: this.set,
      ...(label === undefined ? {} : { label }),
      message: `Label set “${shorten(this.set)}”: ${message}`,
      warning,
      steps,
      ...(key === true ? { key } : {}),
      ...(fix ? { fix } : {}),
    });
  }
}

/** Fields of an object under their known names, however they are spelled. */
export interface Fields {
  get(name: string): unknown;
  /** The field's place; the object's own where it has no such field. */
  stepsOf(name: string): Steps;
}

export function renameTo(name: string): Fix {
  return { title: `Rename to ${quote(name)}`, text: JSON.stringify(name) };
}

/** `json`: the value as it is written. */
export function replaceBy(json: string): Fix {
  return { title: `Write ${json.slice(0, 80)}`, text: json };
}

/** Of a value that is none of the choices: what it is, and what to write instead. `meant`: the choice that is known to be meant, however far its name is. */
export function wrongChoice(
  value: unknown,
  choices: readonly string[],
  meant?: string,
): { readonly got: string; readonly fix: Fix | undefined } {
  if (typeof value !== 'string') return { got: typeName(value), fix: undefined };
  const near = meant ?? nearestName(value, choices);
  return { got: quote(value), fix: near === null ? undefined : replaceBy(JSON.stringify(near)) };
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
