// From the settings and the label set to what a run takes.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import type { RunOptions } from '../../workspace/run/workspaceRun';
import type { FindRoot, ReadOptions } from '../../workspace/types';
import type { Config } from '../settings/config';
import type { DirtyTexts } from './dirtyTexts';
import { frontMatterOptions, splitOf } from './documentTexts';
import { encodings } from './encodings';

export function runOptions(
  config: Config,
  set: LabelSet,
  roots: readonly FindRoot[],
): Pick<RunOptions, 'set' | 'chunkTokens' | 'find'> {
  return { set, chunkTokens: config.get('chunkTokens'), find: findOptions(config, set, roots) };
}

/** A label set's own `include` stands in place of the setting; its `exclude` comes on top. */
export function findOptions(
  config: Config,
  set: Pick<LabelSet, 'include' | 'exclude'>,
  roots: readonly FindRoot[],
): RunOptions['find'] {
  return {
    roots: hiddenRoots(config, roots),
    include: set.include.length > 0 ? set.include : config.get('include'),
    exclude: [...config.get('exclude'), ...set.exclude],
    parentIgnoreFiles: true,
    maxFileBytes: config.get('maxFileSizeKb') * 1024,
  };
}

/** The roots without what the editor hides from its own searches. */
export function hiddenRoots(config: Config, roots: readonly FindRoot[]): FindRoot[] {
  return roots.map((root) => ({ ...root, hidden: config.editorFiles(vscode.Uri.parse(root.uri, true)).hidden }));
}

/** How files are read: text that is not saved yet wins over what is on disk. */
export function readOptions(config: Config, dirty: DirtyTexts): ReadOptions {
  return {
    maxFileBytes: config.get('maxFileSizeKb') * 1024,
    encodingOf: encodings(config),
    textOf: (uri) => dirty.textOf(uri),
    frontMatter: frontMatterOptions(config),
    splitOf: splitOf(config),
  };
}
