// Bundles the engine, and other sources, for benches, which are plain Node scripts, and loads them.
import { build } from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

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

/** Middle of the values. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
