// The linter really forbids what docs/ARCHITECTURE.md forbids: each case puts a forbidden line into a real file, in memory.
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  const rules = [
    '@typescript-eslint/no-restricted-imports',
    'no-restricted-properties',
    'no-restricted-globals',
    'no-restricted-syntax',
  ];
  return (result?.messages ?? []).flatMap(({ ruleId }) => (ruleId && rules.includes(ruleId) ? [ruleId] : []));
}

const use = (name: string) => `export const used = ${name};\n`;

describe('forbidden', () => {
  test.each([
    ['a score is rounded', 'src/extension/editor/badges.ts', `export const used = (0.6993).toFixed(2);\n`],
    [
      'a number is written by the locale',
      'src/extension/editor/badges.ts',
      `export const used = (1204).toLocaleString();\n`,
    ],
    ['core imports shared', 'src/core/decide.ts', `import { taskOf } from '../shared/task';\n${use('taskOf')}`],
    ['core imports Node', 'src/core/decide.ts', `import fs from 'node:fs';\n${use('fs')}`],
    [
      'core imports shared from a sub folder',
      'src/core/tree/words.ts',
      `import { x } from '../../shared/task';\n${use('x')}`,
    ],
    ['inference imports vscode', 'src/inference/engine.ts', `import * as vscode from 'vscode';\n${use('vscode')}`],
    [
      'inference imports the extension',
      'src/inference/engine.ts',
      `import { x } from '../extension/settings/config';\n${use('x')}`,
    ],
    ['workspace imports inference', 'src/workspace/types.ts', `import { x } from '../inference/engine';\n${use('x')}`],
    [
      'the page imports the extension',
      'media/tags/main.ts',
      `import { x } from '../../src/extension/settings/config';\n${use('x')}`,
    ],
    ['the page imports Node', 'media/tags/main.ts', `import fs from 'node:fs';\n${use('fs')}`],
    [
      'a second file starts processes',
      'src/inference/engine.ts',
      `import { spawn } from 'node:child_process';\n${use('spawn')}`,
    ],
    [
      'training imports the workspace',
      'src/training/run/trainModel.ts',
      `import { x } from '../../workspace/types';\n${use('x')}`,
    ],
    [
      'a second file of training starts processes',
      'src/training/run/trainModel.ts',
      `import { spawn } from 'node:child_process';\n${use('spawn')}`,
    ],
    [
      'a second file of the command line runs Git',
      'src/cli/git/repository.ts',
      `import { spawn } from 'node:child_process';\n${use('spawn')}`,
    ],
    ['shared imports inference', 'src/shared/task.ts', `import { x } from '../inference/client';\n${use('x')}`],
    ['training imports remote', 'src/training/run/plans.ts', `import { x } from '../../remote/patience';\n${use('x')}`],
    [
      'the library imports the workspace',
      'src/library/library.ts',
      `import { x } from '../workspace/types';\n${use('x')}`,
    ],
    [
      'the library starts processes',
      'src/library/openModel.ts',
      `import { spawn } from 'node:child_process';\n${use('spawn')}`,
    ],
    [
      'the extension imports the library',
      'src/extension/host/names.ts',
      `import { x } from '../../library/openModel';\n${use('x')}`,
    ],
    ['remote imports models', 'src/remote/patience.ts', `import { x } from '../models/modelStore';\n${use('x')}`],
    ['remote opens a graph', 'src/remote/patience.ts', `import { x } from '../inference/engine';\n${use('x')}`],
    [
      'the command line imports the extension',
      'src/cli/cli.ts',
      `import { x } from '../extension/host/names';\n${use('x')}`,
    ],
    [
      'the extension imports the command line',
      'src/extension/host/names.ts',
      `import { x } from '../../cli/exitCodes';\n${use('x')}`,
    ],
    ['agents import the workspace', 'src/agents/tools.ts', `import { x } from '../workspace/types';\n${use('x')}`],
    ['a file fetches by another name', 'src/cli/cli.ts', use('globalThis.fetch')],
    ['a second file uses the network', 'src/cli/cli.ts', `import { x } from 'node:https';\n${use('x')}`],
    [
      'a second file of the models uses the network',
      'src/models/hub/downloadFile.ts',
      `import { x } from 'node:https';\n${use('x')}`,
    ],
    ['workspace imports models', 'src/workspace/types.ts', `import { x } from '../models/modelStore';\n${use('x')}`],
    ['models imports workspace', 'src/models/staging.ts', `import { x } from '../workspace/types';\n${use('x')}`],
    ['workspace imports remote', 'src/workspace/types.ts', `import { x } from '../remote/patience';\n${use('x')}`],
    ['remote imports workspace', 'src/remote/patience.ts', `import { x } from '../workspace/types';\n${use('x')}`],
    ['a second file opens SQLite', 'src/workspace/store/tagStore.ts', `import { x } from 'node:sqlite';\n${use('x')}`],
    [
      'a second file reads settings',
      'src/extension/editor/badges.ts',
      `import * as vscode from 'vscode';\n${use("vscode.workspace.getConfiguration('a')")}`,
    ],
    [
      'a second file shows messages',
      'src/extension/editor/badges.ts',
      `import * as vscode from 'vscode';\n${use("vscode.window.showErrorMessage('a')")}`,
    ],
    [
      'the ground imports a room that stands on it',
      'src/extension/host/activity.ts',
      `import { x } from '../labels/labelSets';\n${use('x')}`,
    ],
    [
      'a door of the ground imports a room that stands on it',
      'src/extension/settings/config.ts',
      `import { x } from '../models/modelHost';\n${use('x')}`,
    ],
    ['anything fetches', 'src/cli/cli.ts', use("fetch('http://a')")],
  ])(
    '%s',
    async (_what, file, code) => {
      expect(await complaints(file, code)).toHaveLength(1);
    },
    60_000,
  );
});

describe('allowed', () => {
  test.each([
    [
      'the client starts processes',
      'src/inference/client.ts',
      `import { spawn } from 'node:child_process';\n${use('spawn')}`,
    ],
    [
      'training starts Python',
      'src/training/runProgram.ts',
      `import { spawn } from 'node:child_process';\n${use('spawn')}`,
    ],
    ['one file runs Git', 'src/cli/git/runGit.ts', `import { spawn } from 'node:child_process';\n${use('spawn')}`],
    [
      'the connection to the hub uses the network',
      'src/models/hub/hubConnection.ts',
      `import http from 'node:http';\n${use('http')}`,
    ],
    [
      'the connection uses the network',
      'src/remote/serverConnection.ts',
      `import http from 'node:http';\n${use('http')}`,
    ],
    ['the database opens SQLite', 'src/workspace/store/database.ts', `import { x } from 'node:sqlite';\n${use('x')}`],
    [
      'the command line imports the library',
      'src/cli/cli.ts',
      `import { x } from '../library/openModel';\n${use('x')}`,
    ],
    [
      'the extension imports inference',
      'src/extension/models/modelHost.ts',
      `import { x } from '../../inference/client';\n${use('x')}`,
    ],
  ])(
    '%s',
    async (_what, file, code) => {
      expect(await complaints(file, code)).toEqual([]);
    },
    60_000,
  );
});
