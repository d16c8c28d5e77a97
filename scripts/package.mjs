#!/usr/bin/env node
// `npm run package`: builds, adds the native library and the model, and writes out/glitag-TARGET.vsix for this platform.
import fs from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './lib/setup.mjs';
import { inRepo, pinnedNode } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

async function main() {
  await ensurePackages();
  // Only now are there packages to import.
  const { build } = await import('esbuild');
  const { unzipSync } = await import('fflate');
  const { productBundles } = await import('./bundles.mjs');
  const { placeNative, removeNative } = await import('./lib/native.mjs');
  const { thirdPartyNotices } = await import('./lib/notices.mjs');
  const { fileProblems, maxVsixBytes } = await import('./lib/packageFiles.mjs');
  const { currentTarget } = await import('./lib/target.mjs');

  const target = currentTarget();
  const vsix = inRepo('out', `glitag-${target}.vsix`);
  const built = await Promise.all(productBundles.map((options) => build({ ...options, metafile: true })));
  const metafiles = built.map(({ metafile }) => metafile);
  try {
    const shipped = placeNative(target);
    fs.writeFileSync(inRepo('dist/ThirdPartyNotices.txt'), thirdPartyNotices(metafiles, shipped));
    fs.mkdirSync(path.dirname(vsix), { recursive: true });
    const options = ['--target', target, '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix];
    const { code, output } = await run(pinnedNode, [inRepo('node_modules/@vscode/vsce/vsce'), 'package', ...options], {
      quiet: true,
    });
    if (code !== 0) throw new Error(`vsce ended with ${code}:\n${output}`);
  } finally {
    removeNative();
  }
  const bytes = fs.statSync(vsix).size;
  const names = Object.keys(unzipSync(fs.readFileSync(vsix)));
  const problems = fileProblems(names, target, JSON.parse(fs.readFileSync(inRepo('package.json'), 'utf8')));
  if (bytes > maxVsixBytes) problems.push(`it has ${megabytes(bytes)}, more than ${megabytes(maxVsixBytes)}`);
  if (problems.length > 0) throw new Error(`${vsix} is not as it should be:\n  ${problems.join('\n  ')}`);
  console.log(`${path.relative(inRepo(), vsix)}: ${megabytes(bytes)}, ${names.length} files`);
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

try {
  await main();
} catch (error) {
  console.error(`npm run package: ${error.message}`);
  process.exitCode = 1;
}
