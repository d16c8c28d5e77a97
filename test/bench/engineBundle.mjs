// Bundles the engine, other sources and the measuring halves of benches, which are plain Node scripts themselves, and loads them.
import { build } from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerBundle } from '../../scripts/bundles.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
export const embeddedModel = path.join(root, 'models/glitag-small-en');

/** @returns {Promise<typeof import('../../src/inference/engine')>} */
export async function loadEngine() {
  return loadSource('src/inference/engine.ts');
}

/** Bundles a file of the sources and loads it. */
export async function loadSource(file) {
  // Inside the checkout, so that the packages that stay outside the bundle are found.
  const outfile = path.join(root, 'out/bench', `${path.basename(file, '.ts')}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['onnxruntime-node'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * Bundles the measuring half of a bench, `test/bench/<name>Bench.ts`, and returns the file. `vscode`: with a stand-in for the editor;
 * what opens documents is bundled too then, and never called.
 */
export async function bundleBench(name, { vscode = false } = {}) {
  const outfile = path.join(root, 'out/bench', `${name}Bench.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/bench/${name}Bench.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // jsonc-parser's other form asks for its parts in a way that no bundler sees.
    mainFields: ['module', 'main'],
    ...(vscode ? { alias: { vscode: path.join(root, 'test/bench/vscodeStandIn.ts') } } : {}),
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    external: ['onnxruntime-node'],
    logLevel: vscode ? 'error' : 'warning',
  });
  return outfile;
}

/** The same, loaded. */
export async function loadBench(name) {
  return import(pathToFileURL(await bundleBench(name)).href);
}

/** The child process of this checkout, bundled. */
export async function bundleWorker() {
  const outfile = path.join(root, 'out/bench/worker.js');
  await build({ ...workerBundle, outfile });
  return outfile;
}

export const quiet = { isCancelled: () => false, onProgress: () => undefined };

/** A generator of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The values in an order that the generator decides. */
export function shuffled(values, random) {
  return values
    .map((value) => [random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}

/** Middle of the values. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
