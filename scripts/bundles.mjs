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
 * Packages in files of their own beside the bundles that use them, loaded at first use: compiling them would be most of what loading
 * the extension costs. Half a megabyte of tables for old encodings, the trigrams by which languages are told, the parsers of front
 * matter and of files in parts, what writes tables and reads archives of models, the tokenizers by which texts are cut for a server, and
 * half a megabyte of protocol for the server of agents.
 */
const apart = {
  encodings: 'iconv-lite',
  languages: 'franc-min',
  yaml: 'yaml',
  toml: 'toml-eslint-parser',
  csv: 'csv-parse',
  stringify: 'csv-stringify/sync',
  zip: 'yauzl',
  tar: 'modern-tar',
  tokenizers: '@huggingface/tokenizers',
  mcp: ['@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio', '@valibot/to-json-schema'],
};

/**
 * Makes one module of several that lie in one file, so that what they share is there once.
 * @type {import('esbuild').Plugin}
 */
const joinApart = {
  name: 'join-apart',
  setup(build) {
    build.onResolve({ filter: /^joined:/ }, ({ path }) => ({
      path: path.slice('joined:'.length),
      namespace: 'joined',
    }));
    build.onLoad({ filter: /./, namespace: 'joined' }, ({ path: name }) => ({
      contents: [apart[name]]
        .flat()
        .map((module) => `export * from '${module}';`)
        .join('\n'),
      resolveDir: root,
    }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const apartBundle = {
  ...node,
  entryPoints: Object.fromEntries(
    Object.entries(apart).map(([name, module]) => [name, Array.isArray(module) ? `joined:${name}` : module]),
  ),
  outdir: 'dist',
  plugins: [joinApart],
};

/**
 * Stands for each of them with a module whose exports ask the file for theirs, so that a plain import loads nothing.
 * @type {import('esbuild').Plugin}
 */
const loadApart = {
  name: 'load-apart',
  setup(build) {
    const placed = Object.entries(apart).flatMap(([name, modules]) => [modules].flat().map((module) => [name, module]));
    for (const [name, module] of placed) {
      const file = `./${name}.js`;
      const filter = new RegExp(`^${module}$`);
      build.onResolve({ filter }, () => ({ path: module, namespace: 'apart' }));
      build.onResolve({ filter: new RegExp(`^\\./${name}\\.js$`), namespace: 'apart' }, () => ({
        path: file,
        external: true,
      }));
      build.onLoad({ filter, namespace: 'apart' }, async () => {
        const { default: whole, ...named } = await import(module);
        // Of a CommonJS package Node knows all names only as those of its default.
        const names = new Set(Object.keys(named).concat(typeof whole === 'object' ? Object.keys(whole) : []));
        names.delete('module.exports');
        const getters = Array.from(names, (key) => `get ${key}() { return require('${file}').${key}; }`);
        return { contents: `module.exports = { ${getters.join(', ')} };` };
      });
    }
  },
};

/** @type {import('esbuild').BuildOptions} */
export const extensionBundle = {
  ...node,
  entryPoints: ['src/extension/extension.ts'],
  outfile: 'dist/extension.js',
  plugins: [loadApart],
};

/**
 * The thread that cuts texts for a server.
 * @type {import('esbuild').BuildOptions}
 */
export const textsBundle = {
  ...node,
  entryPoints: ['src/remote/textThread.ts'],
  outfile: 'dist/texts.js',
  plugins: [loadApart],
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
  plugins: [loadApart],
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

export const productBundles = [extensionBundle, apartBundle, workerBundle, textsBundle, cliBundle, viewBundle];
