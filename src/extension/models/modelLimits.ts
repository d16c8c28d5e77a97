// What a model cannot do, in words: nothing that it leaves out is left out in silence.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import type { ModelDescription } from '../../shared/classifier';
import { readsExamples } from '../../shared/readsExamples';

type Described = Pick<ModelDescription, 'capabilities' | 'maxLabels'>;

/** What it lacks beside the built-in model; empty where it lacks nothing. */
export function limitsOf({ capabilities, maxLabels }: Described): string[] {
  const { keepsVectors, examples, prompt } = capabilities;
  return [
    ...(keepsVectors ? [] : [readsAgain(examples)]),
    ...(examples === 'none' ? [vscode.l10n.t('takes no examples and learns from no decisions')] : []),
    ...(prompt === 'none' ? [vscode.l10n.t('reads no prompt')] : []),
    ...(maxLabels === null ? [] : [vscode.l10n.t('at most {0} labels', maxLabels)]),
  ];
}

function readsAgain(examples: ModelDescription['capabilities']['examples']): string {
  return examples === 'none'
    ? vscode.l10n.t('for other labels it reads all texts again')
    : vscode.l10n.t('for other labels or new decisions it reads all texts again');
}

/** Whether the set's examples count with this model. */
export function takesExamples({ capabilities }: Described, set: Pick<LabelSet, 'exampleForm'>): boolean {
  return capabilities.examples !== 'none' || readsExamples(capabilities, set);
}

/** Why examples do not count, as the model says it; empty where it does not. */
export function noExamplesWhy({ capabilities }: Described): string {
  return capabilities.reasons?.examples ?? '';
}

/** What the set says and the model does not take; null where it takes all. `set`: as it is written; `title`: of the model. */
export function untaken(model: Described, set: LabelSet, title: string): string | null {
  const said = [
    ...(set.prompt !== undefined && model.capabilities.prompt === 'none'
      ? [vscode.l10n.t('The prompt of “{0}” has no effect with the model {1}.', set.name, title)]
      : []),
    ...(set.examples.length > 0 && !takesExamples(model, set)
      ? [
          vscode.l10n.t('The examples of “{0}” have no effect with the model {1}.', set.name, title),
          noExamplesWhy(model),
        ]
      : []),
  ];
  return said.length === 0 ? null : said.filter((part) => part !== '').join(' ');
}
