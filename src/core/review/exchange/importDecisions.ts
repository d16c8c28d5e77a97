// From rows of another program to decisions: labels by the names that the set has, each text once.
import { defaultSeparator, joinName } from '../../flattenLabels';
import type { DecidedPlace, NewDecision } from '../decision';
import type { DecisionStep } from '../steps';
import { quoteOf } from '../textQuote';
import type { ImportedLabel, ImportedRow } from './importedRow';
import type { ImportedFile, NotTaken } from './readImport';

export interface ImportOptions {
  /** Name of the label set. */
  readonly set: string;
  /** Full label names of the set; null: any label is taken. */
  readonly labels: readonly string[] | null;
  /** Name of the file, for where the decisions came from. */
  readonly source: string;
  /** sha256 (hex) of a text. */
  readonly hashOf: (text: string) => string;
  /** The text was decided on before, under this set: what is kept already stays. */
  readonly isDecided: (textHash: string) => boolean;
  /** The document that has just this text; null where there is none. */
  readonly placeOf: (textHash: string) => DecidedPlace | null;
}

export interface ImportReport {
  readonly step: DecisionStep;
  readonly texts: number;
  /** In the order of the file; a row of which only some labels were taken is named, too. */
  readonly notTaken: readonly NotTaken[];
}

/**
 * Given labels become `added`, refused ones `rejected`. A text that is no document's is kept as a passage (the text itself) of the
 * document `import:<source>`, so that it can be learnt from without the file.
 */
export function importDecisions({ rows, notTaken, unit }: ImportedFile, options: ImportOptions): ImportReport {
  const seen = new Map<string, number>();
  const decisions: NewDecision[] = [];
  const left: NotTaken[] = [...notTaken];
  let texts = 0;
  for (const row of rows) {
    const leave = (reason: string) => left.push({ position: row.position, unit, reason });
    const textHash = options.hashOf(row.text);
    const first = seen.get(textHash);
    if (first !== undefined) leave(`has the text of ${unit} ${first}`);
    else if (options.isDecided(textHash)) leave('has a text that was decided on before');
    else {
      const taken = decisionsOf(row, textHash, options, leave);
      if (taken.length > 0) texts++;
      decisions.push(...taken);
    }
    if (first === undefined) seen.set(textHash, row.position);
  }
  return {
    step: { title: { action: 'import', count: decisions.length }, decisions },
    texts,
    notTaken: left.sort((a, b) => a.position - b.position),
  };
}

function decisionsOf(
  { text, given, refused }: ImportedRow,
  textHash: string,
  { labels, placeOf, set, source }: ImportOptions,
  leave: (reason: string) => void,
): NewDecision[] {
  const place = placeOf(textHash) ?? {
    root: '',
    path: `import:${source}`,
    passage: quoteOf(text, { start: 0, end: text.length }),
  };
  const decide = (label: string, verdict: 'added' | 'rejected'): NewDecision => ({
    ...{ root: place.root, path: place.path, passage: place.passage },
    ...{ set, label, verdict, textHash },
  });
  const unknown = given.filter((label) => nameIn(label, labels) === null).map(({ name }) => `“${name}”`);
  if (unknown.length > 0) leave(`has labels that “${set}” does not have: ${unknown.join(', ')}`);
  const names = new Set(given.flatMap((label) => nameIn(label, labels) ?? []));
  const others = new Set(refused.flatMap((label) => nameIn(label, labels) ?? []));
  if (unknown.length + names.size + others.size === 0) leave(`has no label of “${set}”`);
  return [
    ...[...names].map((name) => decide(name, 'added')),
    ...[...others].filter((name) => !names.has(name)).map((name) => decide(name, 'rejected')),
  ];
}

/** The label's full name in the set: its name alone, or under the question that it answers. */
function nameIn({ name, question }: ImportedLabel, labels: readonly string[] | null): string | null {
  if (labels === null || labels.includes(name)) return name;
  const full = joinName(question ?? '', name, defaultSeparator);
  return labels.includes(full) ? full : null;
}
