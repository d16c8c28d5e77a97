// As much of `vscode` as the results, the disk watch and the view's feed need to run in plain Node: events, URIs of files, one folder.
import path from 'node:path';
import { filePath, fileUri } from '../../src/workspace/find/nodeFileTree';

type Listener<T> = (value: T) => void;

export class Disposable {
  constructor(readonly dispose: () => void) {}

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class Uri {
  readonly scheme = 'file';

  private constructor(private readonly text: string) {}

  static parse(text: string): Uri {
    return new Uri(text);
  }

  static file(file: string): Uri {
    return new Uri(fileUri(file));
  }

  static joinPath(base: Uri, ...names: readonly string[]): Uri {
    return Uri.file(path.join(base.fsPath, ...names));
  }

  get fsPath(): string {
    return filePath(this.text);
  }

  get path(): string {
    return this.fsPath;
  }

  toString(): string {
    return this.text;
  }
}

export class RelativePattern {
  constructor(
    readonly base: Folder,
    readonly pattern: string,
  ) {}
}

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

const never = (): Disposable => new Disposable(() => undefined);
const noWatcher = { onDidCreate: never, onDidChange: never, onDidDelete: never, dispose: () => undefined };

interface Folder {
  readonly uri: Uri;
  readonly name: string;
}

export const workspace = {
  workspaceFolders: [] as Folder[],
  textDocuments: [],
  notebookDocuments: [],
  onDidChangeTextDocument: never,
  onDidSaveTextDocument: never,
  onDidOpenTextDocument: never,
  onDidCloseTextDocument: never,
  onDidRenameFiles: never,
  onDidDeleteFiles: never,
  onDidChangeWorkspaceFolders: never,
  createFileSystemWatcher: () => noWatcher,
  getWorkspaceFolder: (): Folder | undefined => workspace.workspaceFolders[0],
  asRelativePath: (uri: Uri): string => path.relative(workspace.workspaceFolders[0]?.uri.fsPath ?? '', uri.fsPath),
};

export const window = {
  activeTextEditor: undefined,
  onDidChangeActiveTextEditor: never,
  onDidChangeWindowState: never,
  state: { focused: true },
};

export const commands = { executeCommand: (): Promise<void> => Promise.resolve() };

export const l10n = { t: (text: string): string => text };
