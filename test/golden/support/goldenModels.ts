// The golden models: tiny, with random weights, one folder each.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll } from 'vitest';
import { parseGolden } from '../../../src/inference/golden/goldenFile';
import type { Golden } from '../../../src/inference/golden/goldenFile';
import { loadModel } from '../../../src/inference/model/loadedModel';
import type { LoadedModel } from '../../../src/inference/model/loadedModel';

export const modelsFolder = path.join(import.meta.dirname, '..', 'models');
export const modelNames = fs.readdirSync(modelsFolder).sort();

export function modelFolder(name: string): string {
  return path.join(modelsFolder, name);
}

export function goldenOf(name: string): Golden {
  const file = path.join(modelFolder(name), 'golden.json');
  return parseGolden(fs.readFileSync(file, 'utf8'), file);
}

/** Loads each model once per test file and releases all at its end. */
export function modelLoader(): (name: string) => Promise<LoadedModel> {
  const loaded = new Map<string, Promise<LoadedModel>>();
  afterAll(async () => {
    for (const model of loaded.values()) await (await model).session.release();
  });
  return (name) => {
    const known = loaded.get(name) ?? loadModel(modelFolder(name), { threads: 1 });
    loaded.set(name, known);
    return known;
  };
}
