// The objects of this room, put together; extension.ts makes the decisions themselves, which results need.
import * as vscode from 'vscode';
import type { DecideAct, RowTarget } from '../../shared/viewMessages';
import type { PassageMarks } from '../editor/passageMarks';
import type { CommandHandlers, Handler } from '../host/commands';
import type { CommandId } from '../host/names';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { Results } from '../results/results';
import type { Config } from '../settings/config';
import type { DocumentTexts } from '../workspace/documentTexts';
import { acceptAbove, type AcceptedSoFar } from './acceptAbove';
import { DecidedRows } from './decidedRows';
import { Deciding } from './deciding';
import type { Decisions } from './decisions';
import { DecisionsMirror } from './decisionsMirror';
import { EvidencePreview } from './evidencePreview';
import { exportDecisions } from './exportDecisions';
import { importDecisions } from './importDecisions';
import { LabelRenameOffer } from './labelRenameOffer';
import { MovedTexts } from './movedTexts';
import { PassageActions } from './passageActions';
import { ReviewQueue } from './reviewQueue';
import { RowSteps } from './rowSteps';
import { Targets } from './targets';

export interface ReviewParts {
  readonly decisions: Decisions;
  readonly results: Results;
  readonly index: IndexHome;
  readonly labelSets: LabelSets;
  readonly config: Config;
  readonly reporter: Reporter;
  readonly passages: PassageMarks;
  readonly texts: DocumentTexts;
  /** Of this workspace. */
  readonly memory: vscode.Memento;
  readonly feed: {
    readonly activeRow: RowTarget | null;
    readonly isReviewing: boolean;
    /** Sends the command back with the rows that are chosen in the view; false where there are none. */
    decide(act: DecideAct): boolean;
    readonly onDidActivate: vscode.Event<RowTarget | null>;
  };
  /** Reads what is kept: a command may be the first thing that happens in a window. */
  readonly load: () => Promise<void>;
  readonly open: (row: RowTarget) => Promise<void>;
  /** What the decisions say of accepting all tags above a score. */
  readonly acceptedSoFar: () => Promise<AcceptedSoFar>;
}

type ReviewCommand = Extract<
  CommandId,
  | `glitag.${'accept' | 'reject' | 'move' | 'add'}Tag`
  | `glitag.${'noneFits' | 'takeBack' | 'acceptAbove'}`
  | `glitag.${'undo' | 'redo'}Decision`
  | `glitag.${'next' | 'previous'}ToReview`
  | `glitag.${'export' | 'import'}Decisions`
>;

export class ReviewRoom implements vscode.Disposable {
  readonly commands: Pick<CommandHandlers, ReviewCommand>;
  readonly targets: Targets;
  readonly steps: RowSteps;
  private readonly disposables: vscode.Disposable;

  constructor(parts: ReviewParts) {
    const { decisions, results, labelSets, config, reporter, passages, memory, feed, load } = parts;
    const targets = new Targets(results, labelSets);
    const steps = new RowSteps(targets, decisions, labelSets);
    [this.targets, this.steps] = [targets, steps];
    const deciding = new Deciding(targets, steps, decisions, labelSets, reporter);
    const queue = new ReviewQueue(results, labelSets, parts.open);
    const rows = new DecidedRows(targets, passages, load, () => feed.activeRow);
    const step = async (by: 1 | -1) => {
      await load();
      await queue.step(by);
    };
    const act =
      (what: DecideAct): Handler =>
      async (...args) => {
        if (!rows.areNamed(...args) && feed.decide(what)) return;
        await deciding[what](await rows.of(...args));
      };
    this.commands = {
      'glitag.acceptTag': act('accept'),
      'glitag.rejectTag': act('reject'),
      'glitag.moveTag': act('move'),
      'glitag.addTag': async (...args) => deciding.add(await rows.of(...args)),
      'glitag.noneFits': act('noneFits'),
      'glitag.takeBack': act('takeBack'),
      'glitag.acceptAbove': async (...args) => {
        await acceptAbove(await rows.manyOf(...args), targets, deciding, reporter, await parts.acceptedSoFar());
      },
      'glitag.undoDecision': () => deciding.undo(),
      'glitag.redoDecision': () => deciding.redo(),
      'glitag.nextToReview': () => step(1),
      'glitag.previousToReview': () => step(-1),
      'glitag.exportDecisions': () => exportDecisions({ decisions, labelSets, texts: parts.texts }, reporter),
      'glitag.importDecisions': () => importDecisions({ decisions, results, labelSets, load }, reporter),
    };
    const isReviewing = () => feed.isReviewing;
    this.disposables = vscode.Disposable.from(
      new MovedTexts(decisions, parts.index, reporter),
      new LabelRenameOffer(decisions, labelSets, memory, reporter),
      new DecisionsMirror(decisions, config, reporter),
      new EvidencePreview({ results, passages, reporter, onDidActivate: feed.onDidActivate, isReviewing }),
      vscode.languages.registerCodeActionsProvider({ scheme: '*' }, new PassageActions(passages, targets), {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
