// Reads what the "Tags" page sends to the host. The page shows hostile text, so nothing it says is trusted.
import * as v from 'valibot';
import { groupBys } from '../core/tree/treeTypes';
import type { FromView, RowTarget } from './viewMessages';
import { decideActs, decideRowsLimit, focusPlaces, viewRowCommands, viewRunCommands } from './viewMessages';

/** A URI is rarely longer than a path can be; anything beyond is no id of ours. */
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(20_000));
const labelsId = v.pipe(v.string(), v.maxLength(100));
const labelNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const row = {
  webviewSection: v.picklist([
    'folder',
    'label',
    'rest',
    'document',
    'part',
    'parent',
    'score',
    'fold',
    'none',
    'skipped',
    'loading',
  ]),
  documentId: v.nullable(id),
  label: v.nullable(labelNumber),
  folder: v.nullable(v.pipe(v.string(), v.maxLength(20_000))),
  tagged: v.boolean(),
} satisfies Record<keyof RowTarget, v.GenericSchema>;

const fromView = v.variant('type', [
  v.strictObject({
    type: v.literal('ready'),
    group: v.picklist(groupBys),
    sort: v.picklist(['default', 'name', 'score', 'newest']),
  }),
  v.strictObject({ type: v.literal('expand'), id }),
  v.strictObject({ type: v.literal('whatMoved'), id, label: labelNumber }),
  v.strictObject({ type: v.literal('open'), id, label: v.nullable(labelNumber), toSide: v.boolean() }),
  v.strictObject({ type: v.literal('run'), command: v.picklist(viewRunCommands) }),
  v.strictObject({ type: v.literal('act'), note: id }),
  v.strictObject({ type: v.literal('dismiss'), note: id }),
  v.strictObject({ type: v.literal('focus'), place: v.picklist(focusPlaces) }),
  v.strictObject({ type: v.literal('copyTable'), ids: v.pipe(v.array(id), v.maxLength(1_000_000)) }),
  v.strictObject({ type: v.literal('active'), row: v.nullable(v.strictObject(row)), labelsId }),
  v.strictObject({
    type: v.literal('decide'),
    act: v.picklist(decideActs),
    rows: v.pipe(v.array(v.strictObject(row)), v.minLength(1), v.maxLength(decideRowsLimit)),
    labelsId,
  }),
  v.strictObject({
    type: v.literal('rowAct'),
    command: v.picklist(viewRowCommands),
    row: v.strictObject(row),
    labelsId,
  }),
]);

/** The message, or why it is none; the reason names fields, never their content. */
export function parseFromView(value: unknown): { readonly message: FromView } | { readonly problem: string } {
  const result = v.safeParse(fromView, value);
  if (result.success) return { message: result.output };
  const fields = result.issues.map((issue) => `${nameOf(v.getDotPath(issue))}: expected ${issue.expected ?? 'less'}`);
  return { problem: [...new Set(fields)].join('; ') };
}

/** What a menu of a row passes to its command: the row, among things of the editor's own. */
export function parseRowTarget(value: unknown): RowTarget | undefined {
  const result = v.safeParse(v.object(row), value);
  return result.success ? result.output : undefined;
}

const fieldNames: readonly (string | null)[] = [
  'type',
  'id',
  'label',
  'toSide',
  'command',
  'place',
  'note',
  'group',
  'sort',
  'row',
  'ids',
  'act',
  'rows',
  'labelsId',
];

function nameOf(path: string | null): string {
  return fieldNames.includes(path) ? String(path) : 'message';
}
