// The tools that language models in the editor may call. What they need is loaded at the first call.
import * as vscode from 'vscode';
import { toolNames, type ToolName } from '../../agents/toolNames';
import type { Reporter } from '../host/report';
import type { WindowSourceParts } from './windowSource';

export type ToolInput = Readonly<Record<string, unknown>>;

export function registerTools(parts: WindowSourceParts, reporter: Reporter): vscode.Disposable {
  return vscode.Disposable.from(
    ...toolNames.map((name) => vscode.lm.registerTool(name, toolOf(name, parts, reporter))),
  );
}

function toolOf(name: ToolName, parts: WindowSourceParts, reporter: Reporter): vscode.LanguageModelTool<ToolInput> {
  return {
    prepareInvocation: async ({ input }) => (await import('./prepareTool')).prepareTool(name, input, parts),
    invoke: async (options, token) => (await import('./invokeTool')).invokeTool(name, options, token, parts, reporter),
  };
}
