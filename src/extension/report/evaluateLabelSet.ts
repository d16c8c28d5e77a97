// "Evaluate Label Set": how well the active set does on texts whose labels are known (decisions, or a file), as a report.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { matrixOf, rulesOf } from '../../core/evaluation/evaluatedSet';
import type { DecisionRules } from '../../core/evaluation/predict';
import type { LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import type { ChosenThresholds, ReportData } from '../../shared/reportData';
import type { Activity, JobHandle } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { Models } from '../models/models';
import type { Decisions } from '../review/decisions';
import { decidedSource } from './decidedSource';
import type { DecidedTexts } from './decidedTexts';
import type { EvaluationSource } from './evaluationSource';
import type { ReportPanel } from './reportPanel';
import { readRowFile, scoreRowFile } from './rowFile';

export interface EvaluateParts {
  readonly labelSets: LabelSets;
  readonly models: Pick<Models, 'of'>;
  /** `glitag.chunkTokens` as it is now: long texts are read as everywhere else. */
  readonly chunkTokens: () => number | null;
  readonly activity: Activity;
  readonly panel: ReportPanel;
  readonly decisions: Pick<Decisions, 'load' | 'labelsOf'>;
  readonly texts: DecidedTexts;
  readonly useThresholds: (set: string, thresholds: ChosenThresholds) => Promise<void>;
}

/** What to evaluate on. */
type Known = { readonly file: vscode.Uri } | 'decisions';

/** `uri`: the file with the rows; asked for where absent. Throws AppError. */
export async function evaluateLabelSet(parts: EvaluateParts, uri?: vscode.Uri): Promise<void> {
  const set = written(parts);
  const known = uri ? { file: uri } : await pickKnown(parts, set);
  if (known === 'decisions') await evaluateDecisions(parts);
  else if (known) {
    const data = await readRowFile(known.file, set);
    await evaluate(parts, set, (classifier, job) => scoreRowFile(known.file, data, set, classifier, job));
  }
}

/** Throws AppError. */
export async function evaluateDecisions(parts: EvaluateParts): Promise<void> {
  const set = written(parts);
  await evaluate(parts, set, (classifier, job) => decidedSource(parts.texts, set, classifier, job));
}

/** As it is written, without what it learned: the rows may be what it learned from. Throws AppError. */
function written({ labelSets }: EvaluateParts): LabelSet {
  const active = labelSets.active();
  return labelSets.written ?? active;
}

async function evaluate(
  { chunkTokens, models, activity, panel, useThresholds }: EvaluateParts,
  set: LabelSet,
  sourceOf: (classifier: Pick<Classifier, 'classify'>, job: JobHandle) => Promise<EvaluationSource>,
): Promise<void> {
  const tokens = chunkTokens();
  const model = models.of(set.model);
  const classifier: Pick<Classifier, 'classify'> = {
    classify: (documents, task, options) =>
      model.classify(documents, task, { ...options, ...(tokens === null ? {} : { chunkTokens: tokens }) }),
  };
  await activity.run('working', vscode.l10n.t('Evaluating “{0}”', set.name), async (job) => {
    const { name } = await model.describe(job.signal);
    const source = await sourceOf(classifier, job);
    if (job.signal.aborted) return;
    panel.show(reportData(source, set, name), {
      open: (id, label, toSide) => source.open(id, label, toSide),
      useThresholds: (thresholds) => useThresholds(set.name, thresholds),
    });
  });
}

/** Where nobody has decided yet, only a file is left. */
async function pickKnown({ decisions }: EvaluateParts, { name }: LabelSet): Promise<Known | undefined> {
  await decisions.load(name);
  const count = [...decisions.labelsOf(name).values()].reduce((sum, of) => sum + of, 0);
  const own = vscode.l10n.t('Your decisions ({0})', wholeNumber(count));
  const file = vscode.l10n.t('A JSON or JSON Lines file…');
  const items = [
    { label: own, detail: vscode.l10n.t('What you accepted, rejected and added in this workspace') },
    { label: file, detail: vscode.l10n.t('Texts with their labels, as “glitag evaluate” reads them') },
  ];
  const title = vscode.l10n.t('Evaluate “{0}” on', name);
  const picked = count === 0 ? file : (await vscode.window.showQuickPick(items, { title }))?.label;
  if (picked === own) return 'decisions';
  const uri = picked === file ? await pickFile() : undefined;
  return uri && { file: uri };
}

export function reportData(
  { title, rows, notes }: Omit<EvaluationSource, 'open'>,
  set: DecisionRules & Pick<LabelSet, 'name'>,
  model: string,
): ReportData {
  const matrix = matrixOf(rows, set);
  const { buffer, byteOffset, byteLength } = matrix.scores;
  return {
    title,
    model,
    labelSetName: set.name,
    rules: rulesOf(set),
    labels: matrix.labels,
    rows: matrix.rows,
    scores: Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    learning: [],
    notes,
  };
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const picked = await vscode.window.showOpenDialog({
    ...(folder ? { defaultUri: folder } : {}),
    filters: { [vscode.l10n.t('Texts with their labels')]: ['jsonl', 'json'] },
    title: vscode.l10n.t('Evaluate Label Set'),
    openLabel: vscode.l10n.t('Evaluate'),
  });
  return picked?.[0];
}
