// Offers the editor GLiTag's server for agents: the command line of this build under the editor's own Node, on the workspace's folders, label
// sets and index. It only reads; what the window tags meanwhile, it finds.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { mcpProviderId } from '../host/names';
import type { LabelSets } from '../labels/labelSets';
import type { Config } from '../settings/config';
import type { IndexFile } from '../workspace/indexFile';

export interface McpServersParts {
  readonly labelSets: LabelSets;
  readonly config: Config;
  readonly file: IndexFile;
  /** Folder of installed models. */
  readonly modelsFolder: string;
}

const settingsFile = 'agents.settings.json';
const modelsFile = 'agents.models.json';

export class McpServers
  implements vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  /** A server of this window reads the files that were written for it. */
  private wasStarted = false;

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
        if (names.includes('mcpServer')) tell();
      }),
      parts.labelSets.onDidChange(() => {
        if (this.wasStarted) void this.writeFiles();
      }),
    ];
  }

  /** None in a window that is not trusted, without a folder on this machine, or where the setting says so. */
  provideMcpServerDefinitions(): vscode.McpStdioServerDefinition[] {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    if (!vscode.workspace.isTrusted || folders.length === 0 || !this.parts.config.get('mcpServer')) return [];
    const { version } = this.context.extension.packageJSON as { readonly version: string };
    const cli = path.join(this.context.extensionPath, 'dist', 'cli.js');
    const paths = folders.map(({ uri }) => uri.fsPath);
    const definition = new vscode.McpStdioServerDefinition(
      'GLiTag',
      process.execPath,
      [cli, 'mcp', ...paths, ...this.options()],
      { ELECTRON_RUN_AS_NODE: '1' },
      version,
    );
    if (folders[0]) definition.cwd = folders[0].uri;
    return [definition];
  }

  async resolveMcpServerDefinition(
    definition: vscode.McpStdioServerDefinition,
  ): Promise<vscode.McpStdioServerDefinition> {
    this.wasStarted = true;
    await this.writeFiles();
    return definition;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private options(): string[] {
    const { config, file, modelsFolder } = this.parts;
    const [model, chunkTokens] = [config.get('model.path'), config.get('chunkTokens')];
    return [
      ...['--settings', this.beside(settingsFile), '--index', file.path],
      ...['--models', this.beside(modelsFile), '--models-dir', modelsFolder],
      ...(model === '' ? [] : ['--model', model]),
      ...(chunkTokens === null ? [] : ['--chunk-tokens', String(chunkTokens)]),
      ...(config.get('frontMatter.read') ? ['--front-matter'] : []),
      ...Object.entries(config.get('split')).flatMap(([glob, rule]) => ['--split', `${glob}=${rule}`]),
    ];
  }

  /** Label sets and models in the words of settings, which the server reads at each call. */
  private async writeFiles(): Promise<void> {
    const { config, labelSets } = this.parts;
    const { active } = labelSets.read();
    const settings = { 'glitag.labelSets': config.labelSets(), 'glitag.activeLabelSet': active?.name ?? '' };
    await fs.promises.mkdir(path.dirname(this.parts.file.path), { recursive: true });
    await fs.promises.writeFile(this.beside(settingsFile), JSON.stringify(settings));
    await fs.promises.writeFile(this.beside(modelsFile), JSON.stringify(config.get('models')));
  }

  private beside(name: string): string {
    return path.join(path.dirname(this.parts.file.path), name);
  }
}
