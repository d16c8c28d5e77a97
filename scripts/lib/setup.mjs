// Makes a checkout ready: the packages of package-lock.json, and the bundles. Runs on any Node from 20 on, without node_modules.
import fs from 'node:fs';
import path from 'node:path';
import { inRepo, pinnedNode } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Why node_modules is not what package-lock.json asks for; null when it is. npm's own record of what it installed
 * (node_modules/.package-lock.json) is written last, so it is also the sign that an installation was finished.
 */
export function staleReason(folder) {
  const recordFile = path.join(folder, 'node_modules/.package-lock.json');
  if (!fs.existsSync(recordFile)) return 'packages are not installed';
  const wanted = JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(fs.readFileSync(recordFile, 'utf8')).packages;
  for (const [name, { version, integrity, optional }] of Object.entries(wanted)) {
    if (name === '') continue;
    const record = found[name];
    // An optional package that is absent is one for another platform.
    if (!record && optional) continue;
    if (!record) return `${name} is missing`;
    if (record.version !== version || record.integrity !== integrity) return `${name} is not ${version}`;
  }
  const extra = Object.keys(found).find((name) => !(name in wanted));
  return extra ? `${extra} is not in package-lock.json` : null;
}

/** Runs npm: the one that started this script, if one did (Windows cannot start npm.cmd without a shell). */
export function npm(args, options) {
  const started = process.env.npm_execpath;
  return started?.endsWith('.js') ? run(process.execPath, [started, ...args], options) : run('npm', args, options);
}

/** Installs what package-lock.json pins, unless it is there already. */
export async function ensurePackages() {
  const reason = staleReason(inRepo());
  if (reason !== null) {
    console.log(`npm ci (${reason})`);
    const { code } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    if (code !== 0) throw new Error(`npm ci ended with ${code}: see its output above`);
  }
  if (!fs.existsSync(pinnedNode))
    throw new Error(`${pinnedNode} is missing after npm ci: remove node_modules and retry`);
}

/** Bundles into dist/; with `tests`, also what runs inside VS Code into out/. */
export async function build({ tests = false } = {}) {
  const { code } = await run(pinnedNode, ['scripts/build.mjs', ...(tests ? ['--tests'] : [])]);
  if (code !== 0) throw new Error(`the build ended with ${code}`);
}
