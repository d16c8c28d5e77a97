// From a name on the hub to an installed model: what would come is said first, and nothing comes before a click on that.
import * as vscode from 'vscode';
import { curatedModels } from '../../models/curatedModels';
import { megabytes } from '../../models/diskSpace';
import { addFromHub, planFor, type HubPlan } from '../../models/hub/addFromHub';
import { graphsOf } from '../../models/hub/chooseFiles';
import type { HubConnection } from '../../models/hub/hubConnection';
import { readHubModel } from '../../models/hub/hubModel';
import type { InstalledModel } from '../../models/installRecord';
import { parseHubReference } from '../../models/modelNames';
import { AppError } from '../../shared/errors';
import type { Reporter } from '../host/report';
import { signalOf } from '../host/signalOf';
import type { InstalledModels } from '../models/installedModels';
import type { Config } from '../settings/config';
import { installing } from './installing';
import { modelHub } from './modelHub';
import { hostText, licenceText, qualityText } from './modelWords';

export interface FetchParts {
  readonly config: Pick<Config, 'get'>;
  readonly installed: InstalledModels;
  readonly reporter: Reporter;
}

/** `reference`: `owner/name` or `owner/name@revision`. The installed model; null where the user declines. Throws AppError: what the store throws; cancelled. */
export async function fetchModel(reference: string, parts: FetchParts): Promise<InstalledModel | null> {
  const { config, installed, reporter } = parts;
  const hub = modelHub(config);
  try {
    const plan = await planOf(hub, reference);
    if (!plan || !(await isWanted(plan, hub, reporter))) return null;
    const title = vscode.l10n.t('Downloading {0} from {1}', plan.model.id, hostText(hub.host));
    try {
      return await installing(title, installed, (options) => addFromHub(installed.store, hub, plan, options));
    } catch (error) {
      if (error instanceof AppError && error.code === 'cancelled') {
        const stopped = vscode.l10n.t('Download stopped. What came is kept: choose the model again to go on.');
        vscode.window.setStatusBarMessage(stopped, 10_000);
      }
      throw error;
    }
  } finally {
    hub.dispose();
  }
}

/** Which ONNX file is asked where there are several. */
async function planOf(hub: HubConnection, reference: string): Promise<HubPlan | null> {
  const asking = vscode.l10n.t('GLiTag: asking {0} for {1}', hostText(hub.host), reference);
  const model = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: asking, cancellable: true },
    (_, token) => readHubModel(hub, parseHubReference(reference), signalOf(token)),
  );
  const graphs = graphsOf(model);
  // Of none it says why, of one there is nothing to ask.
  if (graphs.length <= 1) return planFor(model);
  const items = graphs.map(({ path, size }) => ({ label: path, description: megabytes(size) }));
  const picked = await vscode.window.showQuickPick(items, {
    title: model.id,
    placeHolder: vscode.l10n.t('Which of its ONNX files? Small ones are quantised: faster, a little less precise.'),
  });
  return picked ? planFor(model, picked.label) : null;
}

async function isWanted(plan: HubPlan, hub: HubConnection, reporter: Reporter): Promise<boolean> {
  const { model, bytes } = plan;
  const quality = curatedModels.find(({ id }) => id === model.id)?.quality ?? null;
  const detail = [
    ...(quality === null ? [] : [qualityText(quality)]),
    vscode.l10n.t(
      'From {0}, revision {1}. Licence: {2}. Each file is checked by its hash, and kept in the extension’s folder on this machine; “GLiTag: Manage Models” deletes it. You can cancel and go on later.',
      hostText(hub.host),
      model.commit.slice(0, 12),
      licenceText(model.license),
    ),
  ];
  const question = vscode.l10n.t('Download {0} ({1})?', model.id, megabytes(bytes));
  return reporter.confirm(question, detail.join('\n\n'), vscode.l10n.t('Download'));
}
