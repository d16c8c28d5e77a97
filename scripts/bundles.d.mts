// Types of bundles.mjs for the tests that build a bundle of their own.
import type { BuildOptions } from 'esbuild';

export const root: string;
export const extensionBundle: BuildOptions;
export const workerBundle: BuildOptions;
export const textsBundle: BuildOptions;
export const cliBundle: BuildOptions;
export const viewBundle: BuildOptions;
export const suitesBundle: BuildOptions;
export const productBundles: BuildOptions[];
