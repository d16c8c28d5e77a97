// What the view is about: put together from whoever knows it.
import * as vscode from 'vscode';
import { thresholdOf } from '../../core/decide';
import type { LabelSet } from '../../core/labelSet';
import type { TaggedOtherwise, ViewState } from '../../shared/viewMessages';
import { sha256 } from '../../workspace/read/sha256';
import type { Activity } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { Models } from '../models/models';
import type { Decisions } from '../review/decisions';
import type { ViewNotes } from './viewNotes';

export interface StateParts {
  readonly labelSets: LabelSets;
  readonly models: Models;
  readonly activity: Activity;
  readonly notes: ViewNotes;
  readonly decisions: Pick<Decisions, 'steps' | 'onDidStep'>;
}

export function viewState(parts: StateParts, otherwise: TaggedOtherwise | null): ViewState {
  const { active } = parts.labelSets.read();
  const server = parts.models.serverOf(active?.model);
  return {
    labelSetName: active?.name ?? null,
    labels: (active?.labels ?? []).map((label) => ({
      name: label.name,
      path: label.path,
      threshold: active ? thresholdOf(label, active) : 0,
    })),
    labelsId: labelsId(active),
    exclusive: active?.exclusive ?? [],
    mode: active?.mode ?? 'multi-label',
    modelName: parts.models.descriptionOf(active?.model)?.name ?? null,
    ...(server === null ? {} : { server }),
    problem: problemOf(parts),
    ...(otherwise ? { taggedOtherwise: otherwise } : {}),
    notes: parts.notes.list,
    ...parts.decisions.steps,
    editorOpen: vscode.window.activeTextEditor !== undefined,
    folderOpen: (vscode.workspace.workspaceFolders?.length ?? 0) > 0,
  };
}

/** Equal for equal labels of one set: thresholds, and what decisions teach, leave it the same. */
function labelsId(set: LabelSet | null): string {
  return sha256(JSON.stringify([set?.name, ...(set?.labels ?? []).map(({ name }) => name)])).slice(0, 16);
}

/** Why nothing can be tagged: the label sets are wrong, or the model could not run here, or be reached, when it was needed last. */
export function problemOf({ labelSets, activity }: Pick<StateParts, 'labelSets' | 'activity'>): string | null {
  const { problem } = labelSets.read();
  if (problem !== null) return problem;
  const { error } = activity.state;
  const fatal = error !== null && (/^(model|native|server)-/.test(error.code) || error.code === 'child-stopped');
  return fatal ? error.message : null;
}
