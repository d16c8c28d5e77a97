// Reads what the host sends to the "Tags" page. Written by hand: a schema library would be most of the page's bundle.
import type { ToView } from './viewMessages';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isScore: Check = (value) => isNumber(value) && Number(value) >= 0 && Number(value) <= 1;
const isIndex: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(checks).every(([name, check]) => check((value as Fields)[name]));
  };

const label = fields({
  name: isString,
  path: (value) => listOf(isString)(value) && (value as unknown[]).length > 0,
  threshold: isScore,
});

const text = {
  id: isString,
  title: isString,
  folders: listOf(isString),
  inFile: optional(oneOf(true)),
  tags: listOf(fields({ label: isIndex, score: isScore })),
  chunkCount: isIndex,
  stale: isBoolean,
  skipped: optional(isString),
  partsOnly: optional(oneOf(true)),
  taggedMs: optional(isNumber),
  missing: optional(oneOf(true)),
  given: optional(listOf(isString)),
};

const document = fields({ ...text, parts: optional(listOf(fields(text))) });

const score = fields({
  label: isIndex,
  score: isScore,
  tag: isBoolean,
  evidence: isString,
  startLine: isIndex,
  endLine: isIndex,
});

const progress = fields({
  done: isIndex,
  total: isIndex,
  documentsPerSecond: isNumber,
  secondsLeft: orNull(isNumber),
  state: oneOf('running', 'paused'),
  reason: optional(isString),
});

const note = fields({
  id: isString,
  severity: oneOf('error', 'warning', 'info'),
  text: isString,
  action: orNull(isString),
});

const messages: Readonly<Record<ToView['type'], Check>> = {
  state: fields({
    labelSetName: orNull(isString),
    labels: listOf(label),
    exclusive: listOf(isString),
    mode: oneOf('multi-label', 'single-label'),
    modelName: orNull(isString),
    problem: orNull(isString),
    taggedOtherwise: optional(fields({ documents: isIndex, textsKept: isBoolean })),
    notes: optional(listOf(note)),
    editorOpen: optional(isBoolean),
    folderOpen: optional(isBoolean),
  }),
  documents: fields({ reset: isBoolean, documents: listOf(document) }),
  removed: fields({ ids: listOf(isString) }),
  details: fields({ id: isString, scores: listOf(score) }),
  progress: fields({ progress: orNull(progress) }),
  reveal: fields({ id: isString }),
  follow: fields({ id: isString }),
  group: fields({ by: oneOf('file', 'folder', 'label') }),
  sort: fields({ by: oneOf('default', 'name', 'score', 'newest') }),
  command: fields({ command: oneOf('filter', 'collapseAll') }),
};

/** The message, or null where it is none. */
export function parseToView(value: unknown): ToView | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type } = value as Fields;
  if (typeof type !== 'string' || !Object.hasOwn(messages, type)) return null;
  return messages[type as ToView['type']](value) ? (value as ToView) : null;
}
