// Finds the browser that shows the workbench; installs Debian's package where that is possible.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Flags for a machine without a display, a sandbox for root or a network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** The browser to use: $CHROMIUM, one on the PATH, or Playwright's own; null if there is none. */
export function findChromium(env = process.env): string | null {
  if (env['CHROMIUM'] !== undefined) return env['CHROMIUM'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, chromium.executablePath()].find((file) => fs.existsSync(file)) ?? null;
}

/** A browser that runs. Throws with what to do where there is none and none can be installed. */
export function ensureChromium(log: (line: string) => void): string {
  const file = findChromium() ?? installChromium(log);
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 });
  } catch (error) {
    throw new Error(`The browser ${file} does not run: name another one in CHROMIUM.`, { cause: error });
  }
  return file;
}

function installChromium(log: (line: string) => void): string {
  installDebianPackages(['chromium', 'fonts-dejavu-core'], log, 'or name a browser in CHROMIUM');
  const file = findChromium();
  if (file === null) throw new Error('The package chromium was installed, but brought no chromium.');
  return file;
}

/** Installs packages as root on Debian or Ubuntu; elsewhere throws with what the developer is to install. */
export function installDebianPackages(packages: string[], log: (line: string) => void, otherwise: string): void {
  const byHand = `Install ${packages.join(' and ')} (Debian: apt-get install ${packages.join(' ')}), ${otherwise}.`;
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) throw new Error(byHand);
  log(`apt-get install ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'pipe' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio: 'pipe' });
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n').slice(0, 5).join(' ') : String(error);
    throw new Error(`apt-get could not install ${packages.join(' ')}: ${detail}. ${byHand}`, { cause: error });
  }
}
