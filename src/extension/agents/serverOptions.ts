// What the server for agents is told of the settings: options on its command line, and files that it reads. Free of `vscode`.
import * as path from 'node:path';
import type { LabelSet } from '../../core/labelSet';
import type { NamedModel, NamedModels } from '../../shared/namedModels';
import { writeWhole } from '../../models/writeWhole';
import type { SettingName } from '../host/names';
import { expandHome } from '../models/expandHome';
import type { Config } from '../settings/config';

/** Of the settings, those that are options: a server that runs knows them as they were. */
export const optionSettings: readonly SettingName[] = ['model.path', 'chunkTokens', 'frontMatter.read', 'split'];

export interface ServerPaths {
  /** The index; the files lie beside it. */
  readonly index: string;
  /** Folder of installed models. */
  readonly modelsFolder: string;
  /** The file of decisions, and the folders that paths in it are relative to, by their names there; empty where they have none. */
  readonly decisions: string;
  readonly decidedFolders: readonly { readonly name: string; readonly folder: string }[];
}

/** Throws SettingError. */
export function serverOptions(
  config: Pick<Config, 'get'>,
  { index, modelsFolder, decisions, decidedFolders }: ServerPaths,
): string[] {
  const [model, chunkTokens] = [config.get('model.path').trim(), config.get('chunkTokens')];
  const files = filesOf(index);
  return [
    ...['--settings', files.settings, '--index', index, '--models', files.models, '--models-dir', modelsFolder],
    ...['--decisions', decisions],
    ...decidedFolders.flatMap(({ name, folder }) => ['--decisions-folder', name === '' ? folder : `${name}=${folder}`]),
    ...(model === '' ? [] : ['--default-model', expandHome(model)]),
    ...(chunkTokens === null ? [] : ['--chunk-tokens', String(chunkTokens)]),
    ...(config.get('frontMatter.read') ? ['--front-matter'] : []),
    ...Object.entries(config.get('split')).flatMap(([glob, rule]) => ['--split', `${glob}=${rule}`]),
  ];
}

/**
 * Label sets and models in the words of settings, which the server reads at each call. A file that has its text in `written` is left as
 * it is; what is written is added there. Throws SettingError, and what writing throws.
 */
export function writeServerFiles(
  config: Pick<Config, 'get' | 'labelSets'>,
  active: Pick<LabelSet, 'name'> | null,
  { index }: Pick<ServerPaths, 'index'>,
  written = new Map<string, string>(),
): void {
  for (const [file, text] of serverFiles(config, active, { index })) {
    if (written.get(file) === text) continue;
    writeWhole(file, text);
    written.set(file, text);
  }
}

/** One after the other: models that cannot be read keep no label set from the server. */
function* serverFiles(
  config: Pick<Config, 'get' | 'labelSets'>,
  active: Pick<LabelSet, 'name'> | null,
  { index }: Pick<ServerPaths, 'index'>,
): Generator<readonly [file: string, text: string], void> {
  const files = filesOf(index);
  const settings = { 'glitag.labelSets': config.labelSets(), 'glitag.activeLabelSet': active?.name ?? '' };
  yield [files.settings, JSON.stringify(settings)];
  const models = Object.entries(config.get('models')).map(([name, model]) => [name, atHome(model)]);
  yield [files.models, JSON.stringify(Object.fromEntries(models))];
}

function filesOf(index: string) {
  const beside = (name: string) => path.join(path.dirname(index), name);
  return { settings: beside('agents.settings.json'), models: beside('agents.models.json') };
}

function atHome(model: NamedModels[string]): string | NamedModel {
  if (typeof model === 'string') return expandHome(model);
  if ('path' in model) return { ...model, path: expandHome(model.path) };
  return model.tokenizer === undefined ? model : { ...model, tokenizer: expandHome(model.tokenizer) };
}
