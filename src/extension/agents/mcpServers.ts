// Offers the editor GLiTag's server for agents: the command line of this build under the editor's own Node, on the workspace's folders, label
// sets and index. It only reads; what the window tags meanwhile, it finds.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { mcpProviderId } from '../host/names';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from '../review/decisions';
import type { Config } from '../settings/config';
import type { IndexFile } from '../workspace/indexFile';
import { optionSettings, serverOptions, writeServerFiles } from './serverOptions';

export interface McpServersParts {
  readonly labelSets: LabelSets;
  readonly config: Config;
  readonly file: IndexFile;
  readonly decisions: Pick<Decisions, 'path' | 'keys' | 'load'>;
  /** Folder of installed models. */
  readonly modelsFolder: string;
  readonly reporter: Reporter;
}

export class McpServers
  implements vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  /** The files that were written for a server of this window, with their texts; null where none was started. */
  private written: Map<string, string> | null = null;

  readonly onDidChangeMcpServerDefinitions = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly parts: McpServersParts,
  ) {
    const tell = () => {
      this.changed.fire();
    };
    this.subscriptions = [
      vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, this),
      vscode.workspace.onDidGrantWorkspaceTrust(tell),
      vscode.workspace.onDidChangeWorkspaceFolders(tell),
      parts.config.onDidChange((names) => {
        if (names.some((name) => name === 'mcpServer' || optionSettings.includes(name))) tell();
      }),
      parts.labelSets.onDidChange(() => {
        if (this.written) this.refreshFiles(this.written);
      }),
    ];
  }

  /** None in a window that is not trusted, without a folder on this machine, or where the setting says so. */
  provideMcpServerDefinitions(): vscode.McpStdioServerDefinition[] {
    const { config, file, decisions, modelsFolder } = this.parts;
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    if (!vscode.workspace.isTrusted || folders.length === 0 || !config.get('mcpServer')) return [];
    const { version } = this.context.extension.packageJSON as { readonly version: string };
    const cli = path.join(this.context.extensionPath, 'dist', 'cli.js');
    const paths = folders.map(({ uri }) => uri.fsPath);
    const decidedFolders = decisions.keys
      .namedFolders()
      .map(({ name, uri }) => ({ name, uri: vscode.Uri.parse(uri) }))
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ name, uri }) => ({ name, folder: uri.fsPath }));
    const given = { index: file.path, modelsFolder, decisions: decisions.path, decidedFolders };
    const definition = new vscode.McpStdioServerDefinition(
      'GLiTag',
      process.execPath,
      [cli, 'mcp', ...paths, ...serverOptions(config, given)],
      { ELECTRON_RUN_AS_NODE: '1' },
      version,
    );
    if (folders[0]) definition.cwd = folders[0].uri;
    return [definition];
  }

  /** Writes all files, whatever became of those of a server before. The editor tells where they cannot be written. */
  resolveMcpServerDefinition(definition: vscode.McpStdioServerDefinition): vscode.McpStdioServerDefinition {
    this.written = new Map();
    this.writeFiles(this.written);
    // From now on the store follows the team's file, so that the server does, too.
    const { active } = this.parts.labelSets.read();
    if (active) void this.parts.decisions.load(active.name);
    return definition;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  /** For a server that runs: nobody waits for it. What decisions teach a label set changes no file. */
  private refreshFiles(written: Map<string, string>): void {
    try {
      this.writeFiles(written);
    } catch (error) {
      this.parts.reporter.silently(error);
    }
  }

  private writeFiles(written: Map<string, string>): void {
    const { config, labelSets, file } = this.parts;
    writeServerFiles(config, labelSets.read().active, { index: file.path }, written);
  }
}
