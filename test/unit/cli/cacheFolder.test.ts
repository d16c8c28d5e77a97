// Where the command keeps what can be made again, on each platform.
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder } from '../../../src/cli/cacheFolder';

const home = (...names: string[]) => path.join(os.homedir(), ...names);

it.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, home('.cache', 'glitag')],
  ['linux', { XDG_CACHE_HOME: '/caches' }, path.join('/caches', 'glitag')],
  ['linux', { XDG_CACHE_HOME: 'not/absolute' }, home('.cache', 'glitag')],
  ['darwin', { XDG_CACHE_HOME: '/caches' }, home('Library', 'Caches', 'glitag')],
  ['win32', { LOCALAPPDATA: '/local' }, path.join('/local', 'glitag', 'Cache')],
  ['win32', {}, home('AppData', 'Local', 'glitag', 'Cache')],
])('%s %o', (platform, env, folder) => {
  expect(cacheFolder(env, platform)).toBe(folder);
});
