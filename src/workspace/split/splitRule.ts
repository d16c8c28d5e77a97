// Rules that say which files are read in parts, each a document of its own: `csv: column`, `markdown: sections` and so on.
import { AppError } from '../../shared/errors';
import { pathTest } from '../find/globs';

/** Kinds of files that have parts, and those that a rule is for where no glob is named. */
const naturalGlobs = {
  csv: '*.csv',
  tsv: '*.{tsv,tab}',
  jsonl: '*.{jsonl,ndjson}',
  json: '*.json',
  markdown: '*.{md,markdown,mdx,qmd,rmd}',
  notebook: '*.ipynb',
} as const;

export type SplitKind = keyof typeof naturalGlobs;

export interface SplitRule {
  readonly kind: SplitKind;
  /** Column or field that holds the text; `sections` and `cells` for the others. */
  readonly field: string;
}

/** What the rules of kinds without a field say. */
const fixed: Readonly<Partial<Record<SplitKind, string>>> = { markdown: 'sections', notebook: 'cells' };

export const splitForms =
  '“csv: column”, “tsv: column”, “jsonl: field”, “json: field”, “markdown: sections” or “notebook: cells”';

/** Null where it is no rule. */
export function parseSplitRule(written: string): SplitRule | null {
  const at = written.indexOf(':');
  const [kind, field] = [written.slice(0, Math.max(at, 0)).trim(), written.slice(at + 1).trim()];
  if (!Object.hasOwn(naturalGlobs, kind) || field === '') return null;
  const expected = fixed[kind as SplitKind];
  return expected === undefined || expected === field ? { kind: kind as SplitKind, field } : null;
}

export function ruleText({ kind, field }: SplitRule): string {
  return `${kind}: ${field}`;
}

/** Of a file's path relative to its root; null where it is read as a whole. */
export type SplitOf = (path: string) => SplitRule | null;

/** The first rule whose glob takes a path counts. Throws AppError `setting-invalid` that names the glob. */
export function splitRules(rules: readonly (readonly [glob: string, rule: SplitRule])[]): SplitOf {
  const tests = rules.map(([glob, rule]) => ({ rule, test: pathTest(glob) }));
  return (path) => tests.find(({ test }) => test(path))?.rule ?? null;
}

/** `RULE` for the files of its kind, or `GLOB=RULE`. Throws AppError `input-invalid`. */
export function namedRule(written: string): readonly [glob: string, rule: SplitRule] {
  const rule = parseSplitRule(written);
  if (rule) return [naturalGlobs[rule.kind], rule];
  const at = written.indexOf('=');
  const named = at > 0 ? parseSplitRule(written.slice(at + 1)) : null;
  if (named) return [written.slice(0, at), named];
  throw new AppError(
    'input-invalid',
    `“${written}” is no rule. Write ${splitForms}, with “glob=” before it for other files.`,
  );
}
