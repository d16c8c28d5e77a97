// The terminal in which a training runs: what it says, and the way to stop it, by Ctrl+C or by closing it.
import * as vscode from 'vscode';
import { safeText } from '../../core/tree/safeText';
import type { CancelSignal } from '../../shared/classifier';

const ctrlC = '\u0003';
/** Back to the beginning of the line, and clear it. */
const lineAgain = '\r\u001b[2K';

export class TrainTerminal implements vscode.Pseudoterminal, vscode.Disposable {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly ended = new vscode.EventEmitter<number>();
  private readonly abort = new AbortController();
  /** The last line stands to be written over. */
  private isLive = false;
  private wasOpened = false;
  private opened: () => void = () => undefined;

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.ended.event;
  /** Aborted by whoever closes the terminal. */
  get signal(): CancelSignal {
    return this.abort.signal;
  }

  /** Once there is somebody to read. */
  readonly isOpen = new Promise<void>((resolve) => {
    this.opened = resolve;
  });

  open(): void {
    if (this.wasOpened) {
      // "Rerun Last Task": a training is asked for with its rows, and what it does is said first.
      this.line(vscode.l10n.t('To train again, run the command “GLiTag: Train a Model on My Decisions”.'));
      this.end(1);
      return;
    }
    this.wasOpened = true;
    this.opened();
  }

  close(): void {
    this.abort.abort();
    this.opened();
  }

  handleInput(data: string): void {
    if (data.includes(ctrlC)) this.abort.abort();
  }

  line(text: string): void {
    this.say(text, false);
  }

  /** A line that the next one takes the place of. */
  live(text: string): void {
    this.say(text, true);
  }

  /** `code` as of a program: 0 where all went well. */
  end(code: number): void {
    if (this.isLive) this.written.fire('\r\n');
    this.isLive = false;
    this.ended.fire(code);
  }

  dispose(): void {
    this.abort.abort();
    this.written.dispose();
    this.ended.dispose();
  }

  private say(text: string, isLive: boolean): void {
    this.written.fire(`${this.isLive ? lineAgain : ''}${safeText(text, 2000)}${isLive ? '' : '\r\n'}`);
    this.isLive = isLive;
  }
}
