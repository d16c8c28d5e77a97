// Tells the user what went wrong, once, with the one button that helps. The only file that calls show*Message.
import * as vscode from 'vscode';
import { TokenError } from '../../remote/statusErrors';
import { asAppError, type AppError, type ErrorCode } from '../../shared/errors';
import { settingPrefix, type CommandId, type SettingName } from './names';
import { SettingError } from '../settings/settings';

/** What the button of a message does. */
interface Remedy {
  readonly title: string;
  run(): unknown;
}

export class Reporter {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /**
   * Logs the error and shows its message. A cancelled action is what the user asked for: nothing is shown.
   * @param again Does what failed once more, which is offered where that can help.
   */
  error(thrown: unknown, again?: () => unknown): void {
    const error = this.silently(thrown);
    if (error.code === 'cancelled') return;
    const remedy = remedyFor(error, again);
    this.whenPicked(vscode.window.showErrorMessage(withoutLinks(error.message), remedy.title), remedy);
  }

  /** Logs the error only: for work that nobody asked for. */
  silently(thrown: unknown): AppError {
    const error = asAppError(thrown, 'inference-failed');
    if (error.code === 'cancelled') {
      this.log.debug('cancelled');
      return error;
    }
    this.log.error(`${error.code}: ${error.message}`);
    if (error.cause instanceof Error) this.log.error(error.cause);
    else if (error.stack !== undefined) this.log.debug(error.stack);
    return error;
  }

  /** For the log: what a run did, in numbers. */
  done(summary: string): void {
    this.log.info(summary);
  }

  /** Says that there was nothing to do, and why. */
  notice(message: string, command?: { readonly title: string; readonly id: CommandId }): void {
    this.log.info(message);
    const shown = withoutLinks(message);
    if (!command) {
      void vscode.window.showInformationMessage(shown);
      return;
    }
    const run = () => vscode.commands.executeCommand(command.id);
    this.whenPicked(vscode.window.showInformationMessage(shown, command.title), { title: command.title, run });
  }

  /** Asks before something that writes or deletes. False when the user declines or closes the question. */
  async confirm(question: string, detail: string, action: string): Promise<boolean> {
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) === action;
  }

  /** Offers to do something; false when the user closes the message. */
  async offer(message: string, action: string): Promise<boolean> {
    this.log.info(message);
    return (await vscode.window.showInformationMessage(withoutLinks(message), action)) === action;
  }

  private whenPicked(shown: Thenable<string | undefined>, remedy: Remedy): void {
    shown
      .then((picked) => (picked === remedy.title ? remedy.run() : undefined))
      .then(undefined, (failure: unknown) => {
        this.log.error(`A message, or what its button does, failed: ${String(failure)}`);
      });
  }
}

/**
 * The editor makes links of `[text](command:…)` in a message, which run any command. Names of files, labels and label sets may be a
 * stranger's: what looks like a link stays text.
 */
function withoutLinks(message: string): string {
  return message.replaceAll('](', '] (');
}

function openSettings(name: SettingName | 'model'): Remedy {
  return {
    title: vscode.l10n.t('Open Settings'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', `${settingPrefix}.${name}`),
  };
}

/** At the mistake, where there is one. */
function editLabelSet(): Remedy {
  return { title: vscode.l10n.t('Open Settings'), run: () => vscode.commands.executeCommand('glitag.editLabelSet') };
}

function manageTrust(): Remedy {
  const run = () => vscode.commands.executeCommand('workbench.trust.manage');
  return { title: vscode.l10n.t('Manage Workspace Trust'), run };
}

function setToken(server: string): Remedy {
  const run = () => vscode.commands.executeCommand('glitag.setServerToken', vscode.Uri.parse(server));
  return { title: vscode.l10n.t('Set Token'), run };
}

function showLog(): Remedy {
  return { title: vscode.l10n.t('Show Log'), run: () => vscode.commands.executeCommand('glitag.showLog') };
}

function chooseModel(): Remedy {
  return { title: vscode.l10n.t('Choose Model'), run: () => vscode.commands.executeCommand('glitag.chooseModel') };
}

/** What a model on its way into the store can fail of. */
const toChooseAgain: readonly ErrorCode[] = ['download-damaged', 'archive-invalid', 'disk-full'];

/** Nothing has to be changed here before. */
const toTryAgain: readonly ErrorCode[] = ['server-unreachable', 'server-failed'];

/** The one button for an error. */
function remedyFor(error: AppError, again: (() => unknown) | undefined): Remedy {
  // `model` finds all settings that say where models are: `model.path`, `model.host` and `models`.
  const settings: Partial<Record<ErrorCode, SettingName | 'model'>> = {
    'labels-cut': 'labelSets',
    'model-missing': 'model',
    'model-config-invalid': 'model',
    'model-tokenizer-invalid': 'model',
    'model-graph-invalid': 'model',
    'model-unsupported': 'model',
    'model-outside-folder': 'model',
    'out-of-memory': 'memoryCeilingMb',
    'python-missing': 'pythonPath',
    'server-unreachable': 'model',
    'server-refused': 'model',
    'server-protocol': 'model',
  };
  if (error.code === 'label-set-invalid') return editLabelSet();
  if (toChooseAgain.includes(error.code)) return chooseModel();
  if (error instanceof TokenError) return setToken(error.server);
  // The only refusal that there can be then: nothing was sent.
  if (error.code === 'server-refused' && !vscode.workspace.isTrusted) return manageTrust();
  if (again && toTryAgain.includes(error.code)) return { title: vscode.l10n.t('Try Again'), run: again };
  const setting = error instanceof SettingError ? error.setting : settings[error.code];
  return setting === undefined ? showLog() : openSettings(setting);
}
