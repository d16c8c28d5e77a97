// What esbuild is told about each bundle; shared by the build and by tests that need one bundle only.
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** @type {import('esbuild').BuildOptions} */
const node = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  external: ['vscode', 'onnxruntime-node'],
  // Its other entry, which Node would take, loads its parts in a way that no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  logLevel: 'warning',
};

/**
 * Half a megabyte of tables for old encodings in a file of its own beside the bundles that import it: parsing them would be most
 * of what loading the extension costs, and hardly anybody has such a file.
 * @type {import('esbuild').BuildOptions}
 */
const encodingsBundle = { ...node, entryPoints: { encodings: 'iconv-lite' }, outdir: 'dist' };

/**
 * A hundred kilobytes of trigrams by which languages are told, apart for the same reason: they are needed when texts were tagged.
 * @type {import('esbuild').BuildOptions}
 */
const languagesBundle = { ...node, entryPoints: { languages: 'franc-min' }, outdir: 'dist' };

/** @type {(name: string, module: string) => import('esbuild').Plugin} */
const apart = (name, module) => ({
  name: `${name}-apart`,
  setup: (build) =>
    build.onResolve({ filter: new RegExp(`^${module}$`) }, () => ({ path: `./${name}.js`, external: true })),
});
const encodingsApart = apart('encodings', 'iconv-lite');

/** @type {import('esbuild').BuildOptions} */
export const extensionBundle = {
  ...node,
  entryPoints: ['src/extension/extension.ts'],
  outfile: 'dist/extension.js',
  plugins: [encodingsApart, apart('languages', 'franc-min')],
  // Its main file is of a form that esbuild cannot look into.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/** @type {import('esbuild').BuildOptions} */
export const workerBundle = {
  ...node,
  entryPoints: ['src/inference/worker.ts'],
  outfile: 'dist/worker.js',
  define: { 'import.meta.url': '__importMetaUrl' },
  banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** @type {import('esbuild').BuildOptions} */
export const cliBundle = {
  ...node,
  entryPoints: ['src/cli/cli.ts'],
  outfile: 'dist/cli.js',
  plugins: [encodingsApart],
  banner: { js: '#!/usr/bin/env node' },
};

/** @type {import('esbuild').BuildOptions} */
export const viewBundle = {
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  entryPoints: {
    tags: 'media/tags/main.ts',
    'tags-style': 'media/tags/tags.css',
    table: 'media/table/main.ts',
    'table-style': 'media/table/table.css',
    report: 'media/report/main.ts',
    'report-style': 'media/report/report.css',
  },
  outdir: 'dist/media',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  logLevel: 'warning',
};

/** The suites that run inside VS Code. */
export const suitesBundle = {
  ...node,
  minify: false,
  entryPoints: fs
    .readdirSync(path.join(root, 'test/vscode'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `test/vscode/${name}`),
  outdir: 'out/test/vscode',
  outbase: 'test/vscode',
  external: ['vscode', 'mocha', 'onnxruntime-node'],
};

/** The programs that run those suites. */
export const hostBundle = {
  ...node,
  minify: false,
  entryPoints: ['test/host/runSuites.ts', 'test/host/mochaEntry.ts', 'test/host/standIn.ts'],
  outdir: 'out/test/host',
  external: ['mocha', 'playwright-core', '@vscode/test-electron'],
};

export const productBundles = [extensionBundle, encodingsBundle, languagesBundle, workerBundle, cliBundle, viewBundle];
