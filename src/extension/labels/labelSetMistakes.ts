// All mistakes of all label sets: in the Problems panel at their place, with quick fixes, and as notes of the view.
import * as vscode from 'vscode';
import type { LabelSetProblem } from '../../core/labelSetProblems';
import { rangeIn } from '../host/rangeIn';
import type { Reporter } from '../host/report';
import type { Note } from '../view/viewNotes';
import type { LabelSets } from './labelSets';
import { fileOf, settingsSelector, settingsTextOf, type SettingsFile, type SettingsFiles } from './settingsFiles';

/** Typing pauses longer than this let a settings file be looked at. */
const typingPauseMs = 300;
/** More would push the tree out of the view; the Problems panel has them all. */
const shownNotes = 4;

export class LabelSetMistakes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('glitag');
  private readonly subscriptions: readonly vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly labelSets: LabelSets,
    private readonly files: SettingsFiles,
    private readonly tell: (notes: readonly Note[]) => void,
    private readonly reporter: Reporter,
  ) {
    const look = (document: vscode.TextDocument) => {
      if (files.isSettings(document)) this.lookSoon();
    };
    this.subscriptions = [
      labelSets.onDidChange(() => {
        this.update();
      }),
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        look(document);
      }),
      vscode.languages.registerCodeActionsProvider(settingsSelector, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
    this.update();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (!this.files.isSettings(document)) return [];
    const file = fileOf(document);
    return settingsTextOf(file)
      .problems(this.labelSets.models)
      .flatMap((problem) => {
        const own = rangeIn(file.text, problem.span);
        if (!problem.fix || !own.intersection(range)) return [];
        const action = new vscode.CodeAction(problem.fix.title, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(document.uri, own, problem.fix.text);
        action.diagnostics = diagnostics.filter(({ message }) => message === problem.message);
        action.isPreferred = true;
        return [action];
      });
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.diagnostics.dispose();
  }

  private update(): void {
    const { problems } = this.labelSets.read();
    this.tell(this.notes(problems));
    // Without a mistake no file is opened, so that nothing is read at activation.
    if (problems.length > 0 || this.isTelling) this.lookSoon();
  }

  private get isTelling(): boolean {
    let some = false;
    this.diagnostics.forEach(() => (some = true));
    return some;
  }

  private lookSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.look().catch((error: unknown) => {
        this.reporter.silently(error);
      });
    }, typingPauseMs);
  }

  /** Open files are judged as they are being written, others as they are on disk. */
  private async look(): Promise<void> {
    const { problems } = this.labelSets.read();
    const written = problems.length > 0 || this.isTelling ? await this.files.written() : [];
    const open = vscode.workspace.textDocuments.filter((document) => this.files.isSettings(document)).map(fileOf);
    const told = new Set([...open, ...written].map((file) => this.diagnose(file)));
    const gone: vscode.Uri[] = [];
    this.diagnostics.forEach((uri) => {
      if (!told.has(uri.toString())) gone.push(uri);
    });
    for (const uri of gone) this.diagnostics.delete(uri);
  }

  private diagnose(file: SettingsFile): string {
    this.diagnostics.set(
      file.uri,
      settingsTextOf(file)
        .problems(this.labelSets.models)
        .map((problem) => {
          const { Warning, Error } = vscode.DiagnosticSeverity;
          const range = rangeIn(file.text, problem.span);
          const diagnostic = new vscode.Diagnostic(range, problem.message, problem.warning ? Warning : Error);
          diagnostic.source = 'GLiTag';
          return diagnostic;
        }),
    );
    return file.uri.toString();
  }

  private notes(problems: readonly LabelSetProblem[]): Note[] {
    const notes = problems.map((problem): Note => ({
      id: JSON.stringify(problem.steps),
      severity: problem.warning ? 'warning' : 'error',
      text: problem.message,
      action: { title: vscode.l10n.t('Open Settings'), run: () => this.files.open(problem) },
    }));
    notes.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
    const more = notes.splice(shownNotes).length;
    const action = {
      title: vscode.l10n.t('Show Problems'),
      run: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
    };
    const text =
      more === 1
        ? vscode.l10n.t('1 more mistake in label sets.')
        : vscode.l10n.t('{0} more mistakes in label sets.', more);
    return more > 0 ? [...notes, { id: 'more', severity: 'warning', text, action }] : notes;
  }
}
