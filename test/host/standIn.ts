// A stand-in for the VS Code executable, so that the desktop path is tested where no desktop VS Code is: takes its flags, runs the server host.
import fs from 'node:fs';
import path from 'node:path';
import { environment } from './mochaEntry';
import { ServerHost } from './serverHost';
import type { Settings } from './settings';

const args = process.argv.slice(2);
const value = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

async function main(): Promise<number> {
  const extensionTestsPath = value('extensionTestsPath');
  const extensionDevelopmentPath = value('extensionDevelopmentPath');
  const profile = value('user-data-dir');
  if (extensionTestsPath === undefined || extensionDevelopmentPath === undefined || profile === undefined)
    throw new Error(`only test runs are supported, not: ${args.join(' ')}`);
  const settings = JSON.parse(fs.readFileSync(path.join(profile, 'User/settings.json'), 'utf8')) as Settings;
  // The caller reads the totals from the file that it named.
  const result = await new ServerHost(process.env[environment.stats]).run({
    extensionDevelopmentPath,
    extensionTestsPath,
    workspace: args.find((arg) => !arg.startsWith('-')) ?? null,
    settings,
    timeoutMs: Number(process.env[environment.timeout]),
    artifacts: path.join(profile, 'logs'),
  });
  return result.verdict === 'passed' ? 0 : 1;
}

void main().then((code) => process.exit(code));
