// "Train a Model on My Decisions": what is asked before, the training in a terminal, and its report. Nothing starts without a click.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { LabelSet } from '../../core/labelSet';
import { rulesOf } from '../../core/evaluation/evaluatedSet';
import { documentName } from '../../core/review/decidedPlaces';
import { missingToTrain } from '../../core/review/exchange/enoughToTrain';
import { writtenModel } from '../../core/writtenModel';
import { labelTextsOf } from '../../shared/task';
import type { EnvironmentOffer } from '../../training/python/environment';
import { findTrainingPython, type PythonPlaces, type TrainingPython } from '../../training/python/trainingPython';
import { documentRow } from '../../training/run/documentRow';
import { checkTrainable } from '../../training/run/plans';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { SettingsFiles } from '../labels/settingsFiles';
import type { Models } from '../models/models';
import type { DecidedTexts } from '../report/decidedTexts';
import { openDecided } from '../report/decidedSource';
import { missingText } from '../report/proposalWords';
import type { ReportPanel } from '../report/reportPanel';
import type { Decisions } from '../review/decisions';
import { trainingRows } from '../review/trainingRows';
import type { Config } from '../settings/config';
import type { DocumentTexts } from '../workspace/documentTexts';
import { KeptTrainings, type KeptTraining } from './keptTrainings';
import { TrainTerminal } from './trainTerminal';
import { trainedReport } from './trainedReport';
import { runTraining } from './trainingRun';
import { offerText } from './trainingWords';
import { useTrained } from './useTrained';

export interface TrainParts {
  readonly decisions: Pick<Decisions, 'all' | 'keys'>;
  readonly labelSets: LabelSets;
  readonly documents: Pick<DocumentTexts, 'now'>;
  readonly decidedTexts: DecidedTexts;
  readonly config: Config;
  readonly files: SettingsFiles;
  readonly reporter: Reporter;
  readonly panel: ReportPanel;
  readonly models: Pick<Models, 'folderOf' | 'openApart'>;
}

export class TrainRoom implements vscode.Disposable {
  private terminal: TrainTerminal | null = null;
  private readonly kept: KeptTrainings;
  private readonly places: Omit<PythonPlaces, 'named'>;

  constructor(
    private readonly parts: TrainParts,
    context: Pick<vscode.ExtensionContext, 'extensionPath' | 'globalStorageUri' | 'storageUri'>,
  ) {
    const { extensionPath, globalStorageUri, storageUri } = context;
    const storage = globalStorageUri.fsPath;
    this.kept = new KeptTrainings(path.join(storage, 'trained'), (storageUri ?? globalStorageUri).toString());
    this.places = { packageFolder: path.join(extensionPath, 'training'), environments: path.join(storage, 'python') };
  }

  /** Throws AppError. */
  async train(): Promise<void> {
    const { kept } = this;
    const { labelSets, reporter } = this.parts;
    if (!vscode.workspace.isTrusted) {
      reporter.notice(
        vscode.l10n.t(
          'Training runs Python on this machine, so GLiTag trains only in workspaces that you trust. Trust this one (“Workspaces: Manage Workspace Trust”), and train again.',
        ),
      );
      return;
    }
    if (this.terminal) {
      reporter.notice(vscode.l10n.t('A model is being trained already: its terminal says how far it is.'));
      return;
    }
    const active = labelSets.active();
    // As it is written: what it learnt from decisions is what the model is to learn.
    const set = labelSets.written ?? active;
    const earlier = kept.of(set.name);
    const choice = earlier.length === 0 ? 'new' : await this.choose(set, earlier);
    if (choice === 'new') await this.trainAnew(set, earlier);
    else if (choice?.report) this.show(choice);
    else if (choice) await this.goOn(choice);
  }

  dispose(): void {
    this.terminal?.dispose();
  }

  private async choose(set: LabelSet, earlier: readonly KeptTraining[]): Promise<KeptTraining | 'new' | undefined> {
    const anew = { label: vscode.l10n.t('Train a new model'), training: 'new' as const };
    const items = earlier.flatMap((training) => {
      const when = new Date(training.startedMs).toLocaleString();
      const { name } = training;
      if (training.report)
        return [{ label: vscode.l10n.t('Show the report on {0}', name), description: when, training }];
      return this.kept.canGoOn(training)
        ? [{ label: vscode.l10n.t('Go on with {0}, which was broken off', name), description: when, training }]
        : [];
    });
    if (items.length === 0) return 'new';
    const title = vscode.l10n.t('Train a model for “{0}”', set.name);
    return (await vscode.window.showQuickPick([anew, ...items], { title }))?.training;
  }

  private async trainAnew(set: LabelSet, earlier: readonly KeptTraining[]): Promise<void> {
    const { kept } = this;
    const { config, decisions, documents: texts, models, reporter } = this.parts;
    const { rows } = await trainingRows(await decisions.all(), set, false, texts, decisions.keys);
    const missing = missingToTrain(rows);
    if (missing) {
      reporter.notice(
        vscode.l10n.t(
          'Too little is decided under “{0}” to train a model. Still missing: {1}. Accept and reject tags in the view, and train again.',
          set.name,
          missingText(missing),
        ),
      );
      return;
    }
    // A trained model has read texts that would be kept back from it now: a training begins where that one began.
    const previous = earlier.find(({ name }) => name === set.model);
    const base = previous?.base ?? models.folderOf(set.model);
    checkTrainable(base);
    const documents = new Set(rows.map(({ place }) => documentName(place))).size;
    const question = vscode.l10n.t('Train a model on {0} decided texts of “{1}”?', wholeNumber(rows.length), set.name);
    const python = await this.askedPython(question, documents);
    if (!python) return;
    for (const training of earlier) kept.drop(training);
    const training = kept.begin({
      labelSet: set.name,
      startedMs: Date.now(),
      base,
      previous: previous?.name ?? null,
      rows: rows.map((row, at) => documentRow(row, at + 1, set)),
      places: rows.map(({ place }) => place),
      labelTexts: [...labelTextsOf(set.labels)],
      rules: rulesOf(set),
      modelBefore: writtenModel(config.labelSetEntry(set.name)),
    });
    await this.run(training, python);
  }

  private async goOn(training: KeptTraining): Promise<void> {
    const documents = new Set(training.rows.map(({ document }) => document)).size;
    const question = vscode.l10n.t('Go on with the training of {0}?', training.name);
    const python = await this.askedPython(question, documents);
    if (python) await this.run(training, python);
  }

  /** The Python to train with, or to be made; null where the user declines. Throws AppError python-missing. */
  private async askedPython(question: string, documents: number): Promise<TrainingPython | EnvironmentOffer | null> {
    const { config, reporter } = this.parts;
    const named = config.get('pythonPath').trim();
    const places = { ...this.places, named: named === '' ? null : named };
    const found = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('GLiTag: looking for Python') },
      () => findTrainingPython(places, new AbortController().signal),
    );
    const what = vscode.l10n.t(
      'A fifth of the {0} documents is kept back, to measure the model before and after on texts that it never read. It takes some minutes in a terminal, on this machine alone. Close the terminal to stop; the command then offers to go on. The model in use stays until you choose the new one in the report.',
      wholeNumber(documents),
    );
    const [detail, action] =
      found.kind === 'offer'
        ? [`${offerText(found)}\n\n${what}`, vscode.l10n.t('Install and Train')]
        : [what, vscode.l10n.t('Train')];
    return (await reporter.confirm(question, detail, action)) ? found : null;
  }

  private async run(training: KeptTraining, found: TrainingPython | EnvironmentOffer): Promise<void> {
    const { kept } = this;
    const { config, models, reporter } = this.parts;
    const terminal = new TrainTerminal();
    this.terminal = terminal;
    try {
      const onLog = (line: string) => {
        reporter.done(`training: ${line}`);
      };
      const openClassifier = (folder: string) => models.openApart(folder);
      const tools = { openClassifier, onLog };
      // Long texts are read as everywhere else.
      const request = { out: kept.modelFolder(training), chunkTokens: config.get('chunkTokens') };
      const outcome = await runTraining(training, request, found, tools, terminal);
      const ended = kept.end(training, trainedReport(training, outcome));
      terminal.line(vscode.l10n.t('{0} is trained. The report asks whether to use it.', training.name));
      terminal.end(0);
      this.show(ended);
    } finally {
      this.terminal = null;
    }
  }

  private show(training: KeptTraining): void {
    const { config, decidedTexts, files, panel } = this.parts;
    const folder = this.kept.modelFolder(training);
    const { name, labelSet, rules, places, report } = training;
    if (!report) return;
    const inUse = writtenModel(config.labelSetEntry(labelSet)) === name;
    // The question is open until it was answered with Yes: a No changes nothing, and can be thought over.
    const earlier = report.earlier && { ...report.earlier, trainedInUse: inUse || null };
    panel.show(earlier ? { ...report, earlier } : report, {
      open: async (id, label, toSide) => {
        // Rows are numbered from 1.
        const place = places[Number(id) - 1];
        if (place) await openDecided(decidedTexts, place, rules, label, toSide);
      },
      // None are proposed.
      useThresholds: () => Promise.resolve(),
      useTrained: (use) => useTrained(use, training, folder, config, files),
    });
  }
}
