// Reads what the host sends to the "Tags" page.
import { groupBys } from '../core/tree/treeTypes';
import { fields, isBoolean, isIndex, isNumber, isScore, isString, listOf, oneOf, optional, orNull } from './checks';
import type { Check } from './checks';
import { decideActs, type ToView } from './viewMessages';

const label = fields({
  name: isString,
  path: (value) => listOf(isString)(value) && (value as unknown[]).length > 0,
  threshold: isScore,
});

const decision = { conflict: optional(oneOf(true)), olderText: optional(oneOf(true)) };
const tag = { label: isIndex, score: isScore, ...decision };

const text = {
  id: isString,
  title: isString,
  folders: listOf(isString),
  inFile: optional(oneOf(true)),
  tags: listOf(fields({ ...tag, state: optional(oneOf('accepted', 'added')) })),
  rejected: optional(listOf(fields(tag))),
  noneFits: optional(oneOf(true)),
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
  decided: optional(oneOf('accepted', 'added', 'rejected')),
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
  dismissible: optional(oneOf(true)),
});

const messages: Readonly<Record<ToView['type'], Check>> = {
  state: fields({
    labelSetName: orNull(isString),
    labels: listOf(label),
    labelsId: isString,
    exclusive: listOf(isString),
    mode: oneOf('multi-label', 'single-label'),
    modelName: orNull(isString),
    problem: orNull(isString),
    taggedOtherwise: optional(fields({ documents: isIndex, textsKept: isBoolean })),
    notes: optional(listOf(note)),
    editorOpen: optional(isBoolean),
    folderOpen: optional(isBoolean),
    server: optional(isString),
    undo: optional(orNull(isString)),
    redo: optional(orNull(isString)),
  }),
  documents: fields({ reset: isBoolean, documents: listOf(document) }),
  removed: fields({ ids: listOf(isString) }),
  details: fields({ id: isString, scores: listOf(score) }),
  moved: fields({
    id: isString,
    label: isIndex,
    before: isScore,
    by: listOf(fields({ title: isString, carries: orNull(isBoolean), change: isNumber })),
  }),
  progress: fields({ progress: orNull(progress) }),
  reveal: fields({ id: isString }),
  follow: fields({ id: isString }),
  group: fields({ by: oneOf(...groupBys) }),
  sort: fields({ by: oneOf('default', 'name', 'score', 'newest') }),
  command: fields({ command: oneOf('filter', 'collapseAll') }),
  decide: fields({ act: oneOf(...decideActs), byKey: isBoolean }),
};

/** The message, or null where it is none. */
export function parseToView(value: unknown): ToView | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type } = value as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string' || !Object.hasOwn(messages, type)) return null;
  return messages[type as ToView['type']](value) ? (value as ToView) : null;
}
