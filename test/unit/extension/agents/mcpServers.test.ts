// When the files of the server for agents are written: at its start, and later only those that change.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { McpServers, type McpServersParts } from '../../../../src/extension/agents/mcpServers';

vi.mock('vscode', () => {
  const subscribed = () => ({ dispose: () => undefined });
  return {
    EventEmitter: class {
      readonly event = subscribed;
    },
    lm: { registerMcpServerDefinitionProvider: subscribed },
    workspace: { onDidGrantWorkspaceTrust: subscribed, onDidChangeWorkspaceFolders: subscribed },
  };
});

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-agents-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function serversOf(storage: string) {
  let active = 'mood';
  let tell: (() => void) | undefined;
  const parts = {
    config: { get: () => ({}), labelSets: () => ({}), onDidChange: () => ({}) },
    labelSets: {
      read: () => ({ active: { name: active } }),
      onDidChange: (listener: () => void) => {
        tell = listener;
      },
    },
    decisions: { load: () => Promise.resolve() },
    file: { path: path.join(storage, 'index.sqlite') },
  };
  const definition: unknown = {};
  const servers = new McpServers({} as vscode.ExtensionContext, parts as unknown as McpServersParts);
  return {
    start: () => servers.resolveMcpServerDefinition(definition as vscode.McpStdioServerDefinition),
    /** As after a lesson too, when the set is called what it was. */
    labelSetsChange: (now: string) => {
      active = now;
      tell?.();
    },
  };
}

test('a server finds its files; while it runs, those that hold what they should are left alone', () => {
  const storage = path.join(folder, 'storage');
  const files = () => (fs.existsSync(storage) ? fs.readdirSync(storage).sort() : []);
  /** Nothing but what is written after it is there. */
  const clear = () => {
    fs.rmSync(storage, { recursive: true });
  };
  const servers = serversOf(storage);
  servers.labelSetsChange('mood');
  expect(files()).toEqual([]);

  servers.start();
  expect(files()).toEqual(['agents.models.json', 'agents.settings.json']);

  clear();
  servers.labelSetsChange('mood');
  expect(files()).toEqual([]);
  servers.labelSetsChange('work');
  expect(files()).toEqual(['agents.settings.json']);

  clear();
  servers.start();
  expect(files()).toEqual(['agents.models.json', 'agents.settings.json']);
});
