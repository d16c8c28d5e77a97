// Runs a tool for a language model: its answer as text, within the tokens that the model has for it.
import * as vscode from 'vscode';
import type { TokenBudget } from '../../agents/answer';
import type { ToolName } from '../../agents/toolNames';
import { runTool } from '../../agents/tools';
import { AppError } from '../../shared/errors';
import type { Reporter } from '../host/report';
import { signalOf } from '../host/signalOf';
import type { ToolInput } from './agentTools';
import { WindowSource, type WindowSourceParts } from './windowSource';

/** Rejects with one sentence, which the model reads. */
export async function invokeTool(
  name: ToolName,
  { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<ToolInput>,
  token: vscode.CancellationToken,
  parts: WindowSourceParts,
  reporter: Reporter,
): Promise<vscode.LanguageModelToolResult> {
  const signal = signalOf(token);
  const budget: TokenBudget | undefined = tokenizationOptions && {
    most: tokenizationOptions.tokenBudget,
    count: (text) => tokenizationOptions.countTokens(text, token),
  };
  try {
    const text = await runTool(name, input, new WindowSource(parts), { signal, ...(budget ? { budget } : {}) });
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    if (signal.aborted) throw new vscode.CancellationError();
    if (!(error instanceof AppError)) reporter.silently(error);
    throw error;
  }
}
