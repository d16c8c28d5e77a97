#!/usr/bin/env node
// Bundles the four runtimes into dist/: the extension host, the inference child, the CLI and the webview.
//   --watch     rebuild on change        --tests   also compile the suites that run inside VS Code (out/)
import { build, context } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const { values: flags } = parseArgs({ options: { watch: { type: 'boolean' }, tests: { type: 'boolean' } } });

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
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.js' },
  {
    ...node,
    entryPoints: ['src/inference/worker.ts'],
    outfile: 'dist/worker.js',
    // @huggingface/transformers imports both at load time, for images and for the browser; text needs neither.
    alias: { sharp: './scripts/stubs/empty.cjs', 'onnxruntime-web': './scripts/stubs/empty.cjs' },
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  },
  { ...node, entryPoints: ['src/cli/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    entryPoints: { tags: 'media/tags/main.ts', 'tags-style': 'media/tags/tags.css' },
    outdir: 'dist/media',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
  },
];

const suites = {
  ...node,
  minify: false,
  entryPoints: fs.existsSync(path.join(root, 'test/vscode'))
    ? (fs.globSync?.('test/vscode/**/*.ts', { cwd: root }) ?? [])
    : [],
  outdir: 'out/test/vscode',
  outbase: 'test/vscode',
  external: ['vscode', 'mocha', 'onnxruntime-node'],
};

const wanted = flags.tests ? [...bundles, suites] : bundles;
if (flags.watch) for (const options of wanted) await (await context(options)).watch();
else await Promise.all(wanted.map((options) => build(options)));
