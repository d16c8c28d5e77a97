#!/usr/bin/env node
// `npm run pack:npm`: builds and writes out/glitag-VERSION.tgz, what Node programs install. Its manifest is made here: package.json
// is the extension's, and vsce takes no "files" beside .vscodeignore.
import fs from 'node:fs';
import path from 'node:path';
import { inRepo, pinnedNode } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensurePackages, npm } from './lib/setup.mjs';

/** Packages that the bundles load by name and npm brings. */
const dependencies = ['onnxruntime-node'];

/** What it holds besides the bundles, by place in the checkout. */
const copied = [
  ...['LICENSE', 'CHANGELOG.md', 'dist/library.d.cts', 'dist/library.d.mts', 'dist/api.d.ts'],
  // The report that `glitag evaluate` writes.
  ...['dist/media/report.js', 'dist/media/report-style.css'],
];

async function main() {
  await ensurePackages();
  // Only now are there packages to import.
  const { build } = await import('esbuild');
  const { apartBundle, cliBundle, libraryBundle, libraryModule, viewBundle, workerBundle } =
    await import('./bundles.mjs');
  const { thirdPartyNotices } = await import('./lib/notices.mjs');
  const { modelFiles, trainingFiles } = await import('./lib/packageFiles.mjs');

  const bundles = [apartBundle, cliBundle, libraryBundle, libraryModule, viewBundle, workerBundle];
  const built = await Promise.all(bundles.map((options) => build({ ...options, metafile: true })));
  const { code } = await run(pinnedNode, ['scripts/types.mjs']);
  if (code !== 0) throw new Error(`the types ended with ${code}`);

  const folder = inRepo('out/npm');
  fs.rmSync(folder, { recursive: true, force: true });
  const metafiles = built.map(({ metafile }) => metafile);
  for (const file of [...scriptsOf(metafiles), ...copied, ...modelFiles, ...trainingFiles()])
    copy(file, path.join(folder, file));
  copy('docs/LIBRARY.md', path.join(folder, 'README.md'));
  fs.writeFileSync(path.join(folder, 'dist/ThirdPartyNotices.txt'), thirdPartyNotices(metafiles, []));
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);

  const packed = await npm(['pack', '--pack-destination', inRepo('out'), '--loglevel=error'], { cwd: folder });
  if (packed.code !== 0) throw new Error(`npm pack ended with ${packed.code}`);
}

/** The bundles, and those beside them that they load. */
function scriptsOf(metafiles) {
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs));
  const bundles = ['cli.js', 'library.cjs', 'library.mjs', 'worker.js'].map((name) => `dist/${name}`);
  const loaded = bundles
    .flatMap((file) => outputs[file].imports.map((one) => one.path))
    .filter((file) => file.startsWith('./'));
  return new Set([...bundles, ...loaded.map((file) => path.posix.join('dist', file))]);
}

function copy(file, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(inRepo(file), to);
}

/** From the extension's: name, version and licence stand there once. */
function manifest() {
  const { name, version, license, keywords, engines, devDependencies, bin } = read('package.json');
  return {
    ...{ name, version, license, keywords, bin },
    description: read('package.nls.json').description,
    main: './dist/library.cjs',
    types: './dist/library.d.cts',
    exports: {
      '.': {
        import: { types: './dist/library.d.mts', default: './dist/library.mjs' },
        require: { types: './dist/library.d.cts', default: './dist/library.cjs' },
      },
      './api': { types: './dist/api.d.ts' },
      './package.json': './package.json',
    },
    engines: { node: engines.node },
    dependencies: Object.fromEntries(dependencies.map((one) => [one, devDependencies[one]])),
  };
}

const read = (file) => JSON.parse(fs.readFileSync(inRepo(file), 'utf8'));

try {
  await main();
} catch (error) {
  console.error(`npm run pack:npm: ${error.message}`);
  process.exitCode = 1;
}
