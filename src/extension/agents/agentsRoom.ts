// The objects of this room, put together. Until somebody asks, it only says what there is.
import * as vscode from 'vscode';
import type { Reporter } from '../host/report';
import type { InstalledModels } from '../models/installedModels';
import type { Decisions } from '../review/decisions';
import type { Config } from '../settings/config';
import { registerTools } from './agentTools';
import { McpServers } from './mcpServers';
import type { WindowSourceParts } from './windowSource';

export interface AgentsParts extends WindowSourceParts {
  readonly config: Config;
  readonly installed: InstalledModels;
  readonly decisions: Decisions;
  readonly reporter: Reporter;
}

export function agentsRoom(context: vscode.ExtensionContext, parts: AgentsParts): vscode.Disposable {
  const { labelSets, config, file, installed, decisions, reporter } = parts;
  return vscode.Disposable.from(
    registerTools(parts, reporter),
    new McpServers(context, { labelSets, config, file, decisions, modelsFolder: installed.store.folder, reporter }),
  );
}
