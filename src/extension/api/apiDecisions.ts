// Decisions for other extensions: on the same path as commands, so that undo, the team's file and learning follow.
import * as vscode from 'vscode';
import type { Decision } from '../../core/review/decision';
import { stepName, type DecisionStep } from '../../core/review/steps';
import { AppError } from '../../shared/errors';
import type { RowTarget } from '../../shared/viewMessages';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from '../review/decisions';
import type { RowSteps } from '../review/rowSteps';
import { documentRow, labelRow, type Targets } from '../review/targets';
import type { ApiDecideOptions, ApiDecision, ApiDecisions, ApiTarget } from './api';

export interface DecisionParts {
  readonly decisions: Decisions;
  readonly review: { readonly targets: Targets; readonly steps: RowSteps };
  readonly labelSets: LabelSets;
  readonly reporter: Reporter;
  /** Reads what is kept: the call may be the first thing that happens in a window. */
  readonly load: () => Promise<void>;
}

export function apiDecisions(parts: DecisionParts): ApiDecisions {
  const { decisions, review, load } = parts;
  const decide = async (step: DecisionStep, { author }: ApiDecideOptions): Promise<number> => {
    if (step.decisions.length === 0) return 0;
    const { changed, title } = await decisions.decide(step, author);
    const done = vscode.l10n.t('Done for {0}: {1}. “Undo Decision” takes it back.', author, stepName(title));
    if (changed > 0) parts.reporter.done(done);
    return changed;
  };
  const onRows =
    (what: 'accept' | 'reject' | 'takeBack'): ApiDecisions['accept'] =>
    async (targets, options) => {
      checkAuthor(options);
      await load();
      const rows = targets.map((target) => rowOf(target, parts.labelSets));
      return decide(await review.steps[what](rows), options);
    };
  return {
    list: async () => (await decisions.all()).map((one) => toldOf(one, decisions.keys.uriOf(one))),
    accept: onRows('accept'),
    reject: onRows('reject'),
    takeBack: onRows('takeBack'),
    add: async (documents, label, options) => {
      checkAuthor(options);
      await load();
      numberOf(label, parts.labelSets);
      const { name: set } = parts.labelSets.shown();
      const places = await review.targets.places(documents.map(documentRow));
      return decide(review.steps.add(places, set, label), options);
    },
  };
}

function rowOf({ document, label }: ApiTarget, labelSets: LabelSets): RowTarget {
  return labelRow(document, numberOf(label, labelSets));
}

function numberOf(label: string, labelSets: LabelSets): number {
  const { name, labels } = labelSets.shown();
  const number = labels.findIndex((one) => one.name === label);
  if (number >= 0) return number;
  throw new AppError('input-invalid', `“${label}” is no label of the label set “${name}”. Give its full name.`);
}

function checkAuthor(options: ApiDecideOptions | undefined): void {
  if (typeof options?.author === 'string' && options.author.trim() !== '') return;
  throw new AppError('input-invalid', 'A decision needs an author: give { author } with the name of who decides.');
}

function toldOf({ path, set, label, verdict, passage, by, decidedMs }: Decision, document: string | null): ApiDecision {
  return {
    ...{ document, path, labelSet: set, label, verdict, decidedMs },
    ...(passage === null ? {} : { passage: passage.exact }),
    ...(by === undefined ? {} : { author: by }),
  };
}
