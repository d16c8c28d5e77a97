// Asks for the token of a server and keeps it. Nothing but the box that it is typed into ever shows it.
import * as vscode from 'vscode';
import { authorization } from '../../remote/remoteSettings';
import { asAppError } from '../../shared/errors';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Models } from './models';

export interface TokenParts {
  readonly models: Pick<Models, 'servers' | 'serverOf' | 'tokens'>;
  readonly labelSets: Pick<LabelSets, 'read'>;
  readonly reporter: Reporter;
}

/** `server`: the one that wants a token; asked for where absent. */
export async function setServerToken(
  { models, labelSets, reporter }: TokenParts,
  server?: vscode.Uri,
): Promise<void> {
  const servers = models.servers();
  if (servers.length === 0) {
    reporter.notice(
      vscode.l10n.t('No server is named in “glitag.models” of your user settings. Name one: “"name": {"server": "https://…"}”.'),
      { title: vscode.l10n.t('Open Settings'), id: 'glitag.openSettings' },
    );
    return;
  }
  const wants = servers.find((known) => vscode.Uri.parse(known).toString() === server?.toString());
  const url = wants ?? (await chosen(servers, models.serverOf(labelSets.read().active?.model)));
  if (url === undefined) return;
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t('Token of {0}', url),
    prompt: vscode.l10n.t('Kept in the secret storage of VS Code, and sent to this server only. Leave it empty to forget the token.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: complaintOf,
  });
  if (token !== undefined) await models.tokens.set(url, token.trim());
}

/** The server of the label set in use comes first. */
async function chosen(servers: readonly string[], inUse: string | null): Promise<string | undefined> {
  if (servers.length === 1) return servers[0];
  const sorted = [...servers].sort((one, other) => Number(other === inUse) - Number(one === inUse));
  return vscode.window.showQuickPick(sorted, { title: vscode.l10n.t('Which server is the token of?') });
}

function complaintOf(token: string): string | undefined {
  try {
    authorization(token.trim());
    return undefined;
  } catch (error) {
    return asAppError(error, 'setting-invalid').message;
  }
}
