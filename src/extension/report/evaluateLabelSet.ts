// "Evaluate Label Set": how well the active set does on texts whose labels are known, as a report.
import * as vscode from 'vscode';
import { scoreMatrix } from '../../core/evaluation/scoreMatrix';
import type { LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import type { ReportData } from '../../shared/reportData';
import type { Activity } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { EvaluationSource } from './evaluationSource';
import type { ReportPanel } from './reportPanel';
import { readRowFile, scoreRowFile } from './rowFile';

export interface EvaluateParts {
  readonly labelSets: LabelSets;
  readonly classifier: Pick<Classifier, 'describe' | 'classify'>;
  /** `glitag.chunkTokens` as it is now: long texts are read as everywhere else. */
  readonly chunkTokens: () => number | null;
  readonly activity: Activity;
  readonly panel: ReportPanel;
}

/** `uri`: the file with the rows; asked for where absent. Throws AppError. */
export async function evaluateLabelSet(parts: EvaluateParts, uri?: vscode.Uri): Promise<void> {
  parts.labelSets.active();
  // As it is written, since the rows may be what was decided on, and as the command line does.
  const set = parts.labelSets.written;
  if (!set) return;
  const file = uri ?? (await pickFile());
  if (!file) return;
  const data = await readRowFile(file, set);
  const title = vscode.l10n.t('Evaluating “{0}”', set.name);
  const chunkTokens = parts.chunkTokens();
  const classifier: Pick<Classifier, 'classify'> = {
    classify: (documents, task, options) =>
      parts.classifier.classify(documents, task, { ...options, ...(chunkTokens === null ? {} : { chunkTokens }) }),
  };
  await parts.activity.run('working', title, async (job) => {
    const { name } = await parts.classifier.describe(job.signal);
    const source = await scoreRowFile(file, data, set, classifier, job);
    if (job.signal.aborted) return;
    parts.panel.show(reportData(source, set, name), (id, toSide) => source.open(id, toSide));
  });
}

function reportData({ title, rows, notes }: EvaluationSource, set: LabelSet, model: string): ReportData {
  const { mode, threshold, exclusive, labels } = set;
  // Descriptions and examples decide nothing here, and stay out of the page.
  const rules = {
    mode,
    threshold,
    exclusive,
    labels: labels.map(({ name, path, threshold: own }) => ({
      name,
      path,
      ...(own === undefined ? {} : { threshold: own }),
    })),
  };
  const matrix = scoreMatrix(
    rows,
    labels.map(({ name }) => name),
  );
  const { buffer, byteOffset, byteLength } = matrix.scores;
  return {
    title,
    model,
    labelSetName: set.name,
    rules,
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
