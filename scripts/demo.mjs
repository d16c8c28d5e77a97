#!/usr/bin/env node
// `npm run demo`: installs, builds, tags samples/workspace with the embedded model, prints the tag tree, opens VS Code if there is one.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRepo, pinnedNode, root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { build, ensurePackages } from './lib/setup.mjs';

const workspace = path.join('samples', 'workspace');

/** The `code` command on the PATH, or null. */
function findCode() {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const files = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return files.find((file) => fs.existsSync(file)) ?? null;
}

/** Opens the sample workspace in a window of its own that has this checkout as its extension. */
function openCode(code) {
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, inRepo(workspace)];
  // code.cmd is a batch file, which Windows starts only through a shell; the arguments are our own paths.
  const child = spawn(
    process.platform === 'win32' ? `"${code}"` : code,
    process.platform === 'win32' ? args.map((arg) => `"${arg}"`) : args,
    {
      detached: true,
      stdio: 'ignore',
      shell: process.platform === 'win32',
    },
  );
  child.once('error', (error) => console.log(`VS Code did not start: ${error.message}`));
  child.unref();
}

async function main() {
  const started = Date.now();
  await ensurePackages();
  await build();
  const { code } = await run(pinnedNode, ['dist/cli.js', 'tag', '--format', 'tree', workspace]);
  if (code !== 0) return code;
  console.log(`\nDone in ${((Date.now() - started) / 1000).toFixed(0)} s.`);

  const vscode = findCode();
  if (vscode) {
    console.log('Opening VS Code with the extension: run "GLiTag: Classify Selection" from the command palette.');
    openCode(vscode);
  } else console.log('No `code` command on the PATH, so VS Code was not opened.');
  return 0;
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});
