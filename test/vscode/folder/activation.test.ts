// Activation must cost next to nothing: no process, no notification, before the first command that needs the model.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/extension/host/names';
import { extension } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { reportLine } from '../support/report';

describe('activation', () => {
  it('happens only when something of the extension is used', () => {
    assert.equal(extension().isActive, false);
  });

  it('spawns nothing and says nothing', async () => {
    const started = performance.now();
    const messages = await messagesOf(() => extension().activate());
    const bundle = fs.statSync(path.join(extension().extensionPath, 'dist/extension.js')).size;
    reportLine(
      `activate() took ${(performance.now() - started).toFixed(1)} ms, bundle ${(bundle / 1e3).toFixed(0)} kB`,
    );
    assert.deepEqual(messages, []);
    assert.deepEqual(inferenceChildren(), []);
  });

  it('loads no package that is for later', () => {
    const dist = path.join(extension().extensionPath, 'dist');
    const loaded = Object.keys(require.cache).filter((file) => path.dirname(file) === dist);
    assert.deepEqual(
      loaded.map((file) => path.basename(file)),
      ['extension.js'],
    );
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      commandIds.filter((id) => !registered.includes(id)),
      [],
    );
  });

  it('offers the label sets of the settings to other extensions, still without a process', async () => {
    const api = await extension().activate();
    assert.equal(api.apiVersion, 1);
    assert.deepEqual(api.labelSets(), ['work', 'mood']);
    assert.deepEqual(inferenceChildren(), []);
  });
});
