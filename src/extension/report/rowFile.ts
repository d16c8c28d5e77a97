// Rows of a file in upstream's training format, scored with a label set of the user's.
import * as vscode from 'vscode';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { LabelSet } from '../../core/labelSet';
import type { Span } from '../../core/tagResult';
import { parseTrainingData } from '../../core/trainingData';
import type { TrainingData, TrainingRow } from '../../core/trainingData';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { scoreRows } from '../../shared/scoreRows';
import { taskOf } from '../../shared/task';
import { baseName } from '../../workspace/find/globs';
import { openPlace } from '../editor/openPlace';
import type { JobHandle } from '../host/activity';
import type { EvaluationSource } from './evaluationSource';

/** Labels of the file that a note names. */
const namedLabels = 5;

/** Throws AppError data-invalid where the file is none, or knows no label of the set. */
export async function readRowFile(uri: vscode.Uri, set: LabelSet): Promise<TrainingData & { notes: string[] }> {
  const name = baseName(uri.path);
  const data = parseTrainingData(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  const [problem] = data.problems;
  if (problem) {
    const others = data.problems.length - 1;
    const more = others === 0 ? '' : vscode.l10n.t(' (and {0} more)', others);
    throw new AppError(
      'data-invalid',
      vscode.l10n.t(
        '{0} is not in GLiClass training format: {1}{2} Mend it and evaluate again.',
        name,
        problem.message,
        more,
      ),
    );
  }
  if (data.rows.length === 0) throw new AppError('data-invalid', vscode.l10n.t('{0} holds no rows.', name));
  return { ...data, ...ofTheSet(data.rows, set, name) };
}

/** Asks the model about all rows. Throws AppError. */
export async function scoreRowFile(
  uri: vscode.Uri,
  data: TrainingData & { readonly notes: readonly string[] },
  set: LabelSet,
  classifier: Pick<Classifier, 'classify'>,
  job: JobHandle,
): Promise<EvaluationSource> {
  const question = { names: set.labels.map(({ name }) => name), task: taskOf(set) };
  const rows = await scoreRows(classifier, data, () => question, {
    signal: job.signal,
    file: baseName(uri.path),
    onProgress: (done) => {
      job.progress({ done, total: data.rows.length });
    },
  });
  return {
    title: baseName(uri.path),
    rows,
    notes: data.notes,
    open: async (id, _label, toSide) => {
      if (!rows.some((row) => row.id === id)) return;
      const document = await vscode.workspace.openTextDocument(uri);
      await openPlace({ uri, span: spanOf(document, data.unit, Number(id)) }, toSide);
    },
  };
}

/** Rows with the labels of the set alone; rows that have others only say nothing about the set. */
function ofTheSet(rows: readonly TrainingRow[], set: LabelSet, file: string) {
  const known = new Set(set.labels.map(({ name }) => name));
  const strange = new Set(rows.flatMap(({ trueLabels }) => trueLabels.filter((label) => !known.has(label))));
  const usable = rows.filter(({ trueLabels }) => trueLabels.length === 0 || trueLabels.some((one) => known.has(one)));
  if (usable.every(({ trueLabels }) => trueLabels.length === 0)) {
    throw new AppError(
      'data-invalid',
      vscode.l10n.t(
        'No true label of {0} is in the label set “{1}”. Choose the label set that the file was made for.',
        file,
        set.name,
      ),
    );
  }
  const notes: string[] = [];
  if (strange.size > 0) {
    const some = [...strange].slice(0, namedLabels).join(', ');
    const names = strange.size > namedLabels ? `${some}, …` : some;
    notes.push(vscode.l10n.t('Labels of the file that the label set does not have are left out: {0}.', names));
  }
  const left = rows.length - usable.length;
  if (left > 0) notes.push(vscode.l10n.t('Rows that have no label of the set are left out: {0}.', left));
  return {
    rows: usable.map((row) => ({ ...row, trueLabels: row.trueLabels.filter((label) => known.has(label)) })),
    notes,
  };
}

/** `position` counts from 1: lines of JSON Lines, or members of a list. */
function spanOf(document: vscode.TextDocument, unit: TrainingData['unit'], position: number): Span | null {
  if (unit === 'line') {
    if (position > document.lineCount) return null;
    const { range } = document.lineAt(position - 1);
    return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  }
  const tree = parseTree(document.getText());
  const node = tree && findNodeAtLocation(tree, [position - 1]);
  return node ? { start: node.offset, end: node.offset + node.length } : null;
}
