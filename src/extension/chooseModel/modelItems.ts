// The models that can be picked: those that this machine has, with what each cannot do, and those that can be downloaded.
import * as vscode from 'vscode';
import { embeddedName } from '../../core/labelSet';
import type { CuratedModel } from '../../models/curatedModels';
import { megabytes } from '../../models/diskSpace';
import type { InstalledModel } from '../../models/installRecord';
import { namedModelOf, type NamedModels } from '../../shared/namedModels';
import type { InstalledModels } from '../models/installedModels';
import { limitsOf } from '../models/modelLimits';
import type { Models } from '../models/models';
import type { Config } from '../settings/config';
import { curatedDetail, curatedSize, hostText, licenceText } from './modelWords';

export type ModelChoice =
  | { readonly kind: 'known'; readonly name: string }
  | { readonly kind: 'curated'; readonly model: CuratedModel }
  | { readonly kind: 'hub' | 'local' | 'manage' };

export interface ModelItem extends vscode.QuickPickItem {
  /** Absent for separators. */
  readonly choice?: ModelChoice;
}

export interface ItemParts {
  readonly config: Pick<Config, 'get'>;
  readonly models: Pick<Models, 'find'>;
  readonly installed: InstalledModels;
}

/** `inUse`: name of the model of the label set in use. Throws SettingError. */
export function modelItems(
  curated: readonly CuratedModel[],
  inUse: string,
  { config, models, installed }: ItemParts,
): ModelItem[] {
  const settings = config.get('models');
  const there = installed.store.list();
  const known = (name: string, description: string, facts: readonly string[]): ModelItem => ({
    label: name,
    description,
    detail: [...facts, ...cannot(name, models)].join(' · '),
    iconPath: new vscode.ThemeIcon(name === inUse ? 'check' : 'symbol-misc'),
    choice: { kind: 'known', name },
  });
  const named = Object.keys(settings).map((name) =>
    known(name, vscode.l10n.t('named in “glitag.models”'), [placeOf(settings, name)]),
  );
  const own = there
    .filter(({ name }) => !Object.hasOwn(settings, name))
    .map((model) => known(model.name, vscode.l10n.t('installed'), installedFacts(model)));
  const open = curated.filter(({ id }) => !there.some(({ source }) => source.type === 'hub' && source.id === id));
  const host = hostText(config.get('model.host'));
  return [
    separator(vscode.l10n.t('On this machine')),
    known(embeddedName, vscode.l10n.t('built in'), [
      vscode.l10n.t('English, works offline, learns from decisions at once'),
    ]),
    ...named,
    ...own,
    ...(open.length === 0 ? [] : [separator(vscode.l10n.t('To download from {0}', host))]),
    ...open.map((model): ModelItem => ({
      label: model.id,
      description: curatedSize(model),
      detail: curatedDetail(model),
      iconPath: new vscode.ThemeIcon('cloud-download'),
      choice: { kind: 'curated', model },
    })),
    separator(''),
    more(vscode.l10n.t('Another Model of the Hub…'), 'search', 'hub'),
    more(vscode.l10n.t('Install Model from Folder or Archive…'), 'folder-opened', 'local'),
    more(vscode.l10n.t('Manage Models…'), 'database', 'manage'),
  ];
}

/** Where the texts of a named model are read. */
function placeOf(settings: NamedModels, name: string): string {
  const model = namedModelOf(settings, name);
  if (model === null) return '';
  return 'server' in model ? vscode.l10n.t('on a server: texts are sent there') : model.path;
}

function more(label: string, icon: string, kind: 'hub' | 'local' | 'manage'): ModelItem {
  return { label, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true, choice: { kind } };
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

export function installedFacts({ bytes, license }: InstalledModel): string[] {
  return [megabytes(bytes), licenceText(license)];
}

/** What is known of it without loading it. */
function cannot(name: string, models: ItemParts['models']): string[] {
  const description = models.find(name)?.recall();
  return description ? limitsOf(description) : [];
}
