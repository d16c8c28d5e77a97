// What each setting may hold. Free of `vscode`: config.ts reads the values, this file says whether they are right.
import * as v from 'valibot';
import { AppError } from '../../shared/errors';
import { namedModels } from '../../shared/namedModels';
import { tagStyles } from '../../workspace/frontMatter/tagStyle';
import { parseSplitRule, splitForms } from '../../workspace/split/splitRule';
import { settingPrefix, type SettingName } from '../host/names';

const globs = v.array(v.pipe(v.string(), v.nonEmpty('a glob must not be empty')));

function whole(min: number, max: number) {
  return v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(min), v.maxValue(max));
}

/** Relative, and not out of the folder by `..`; empty: none. */
function isContained(file: string): boolean {
  if (/^(?:[a-z]:|[/\\])/i.test(file)) return false;
  return !file.split(/[/\\]/).includes('..');
}

/** `labelSets` is missing on purpose: core/parseLabelSets judges it set by set, so that one bad set leaves the others usable. */
export const settingSchemas = {
  activeLabelSet: v.string(),
  include: globs,
  exclude: globs,
  maxFileSizeKb: whole(1, 102_400),
  chunkTokens: v.nullable(whole(16, 8192)),
  tagOnSave: v.boolean(),
  badges: v.boolean(),
  codeLens: v.boolean(),
  followEditor: v.boolean(),
  learn: v.boolean(),
  mcpServer: v.boolean(),
  'decisions.file': v.pipe(
    v.string(),
    v.check(isContained, 'must be a path inside the workspace folder, such as `decisions.jsonl`'),
  ),
  'decisions.author': v.pipe(v.string(), v.maxLength(200, 'must not be longer than 200 characters')),
  split: v.record(
    v.pipe(v.string(), v.nonEmpty('a glob must not be empty')),
    v.pipe(
      v.string(),
      v.check((written) => parseSplitRule(written) !== null, `must be ${splitForms}`),
    ),
  ),
  'frontMatter.style': v.picklist(tagStyles, `must be one of ${tagStyles.join(', ')}`),
  'frontMatter.key': v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{N}_-]*$/u, 'must be a word such as “tags”')),
  'frontMatter.read': v.boolean(),
  'model.path': v.string(),
  'model.host': v.string(),
  models: namedModels,
  nodePath: v.string(),
  pythonPath: v.string(),
  threads: whole(0, 128),
  memoryCeilingMb: whole(512, 65_536),
  idleMinutes: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1440)),
} satisfies Record<Exclude<SettingName, 'labelSets'>, v.GenericSchema>;

/** `setting-invalid`, with the setting that the user has to change. */
export class SettingError extends AppError {
  constructor(
    readonly setting: SettingName,
    message: string,
  ) {
    super('setting-invalid', message);
  }
}

export type CheckedSetting = keyof typeof settingSchemas;
export type SettingValue<K extends CheckedSetting> = v.InferOutput<(typeof settingSchemas)[K]>;

/** The value, if the setting may hold it. Throws SettingError that names the setting and what is wrong. */
export function checkSetting<K extends CheckedSetting>(name: K, value: unknown): SettingValue<K> {
  const result = v.safeParse(settingSchemas[name], value);
  if (result.success) return result.output;
  const reasons = result.issues.map((issue) => {
    const place = v.getDotPath(issue);
    return place === null ? issue.message : `${issue.message} (at ${place})`;
  });
  throw new SettingError(
    name,
    `The setting “${settingPrefix}.${name}” has a value that cannot be used: ${reasons.join('; ')}. Change it in Settings.`,
  );
}

/** The values of one object setting as they are written, scope by scope (`WorkspaceConfiguration.inspect`). */
export interface WrittenValues {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/**
 * The label sets that count. VS Code would merge an object setting deeply with its default, so that labels of a built-in set
 * came back into a user's set of the same name, and no built-in set could ever be removed. Here instead:
 *
 * - once the user or the workspace writes `glitag.labelSets`, the built-in sets are gone;
 * - the workspace's sets come first, then the user's; of two sets with one name the workspace's counts, as a whole.
 *
 * A value that is no object is returned as it is, for the parser to complain about.
 */
export function writtenLabelSets(written: WrittenValues): unknown {
  const scopes = [written.workspaceFolderValue, written.workspaceValue, written.globalValue].filter(
    (value) => value !== undefined,
  );
  if (scopes.length === 0) return written.defaultValue ?? {};
  const wrong = scopes.find((value) => typeof value !== 'object' || value === null || Array.isArray(value));
  if (wrong !== undefined) return wrong;
  const sets = new Map<string, unknown>();
  for (const scope of scopes as object[])
    for (const [name, set] of Object.entries(scope)) if (!sets.has(name)) sets.set(name, set);
  return Object.fromEntries(sets);
}
