// Playwright fixtures: `server` (one per worker) and `workbench` (one window per test).
import fs from 'node:fs';
import { test as base } from '@playwright/test';
import { temporaryFolder } from './locations';
import { installVsix, VsCodeServer } from './server';
import type { Settings } from './settings';
import { Workbench } from './workbench';

export { expect } from '@playwright/test';

export interface WindowFixtures {
  /** Folder or .code-workspace file; null for a window without a folder. */
  workspace: string | null;
  workbench: Workbench;
}

export interface ServerFixtures {
  /** Folder of an extension to load as under development; null when testing a .vsix. */
  extensionDevelopmentPath: string | null;
  /** .vsix to install first. */
  vsix: string | null;
  settings: Settings;
  machineSettings: Settings | undefined;
  /** Keeps Workspace Trust on: folders open in Restricted Mode. */
  workspaceTrust: boolean;
  server: VsCodeServer;
}

export const test = base.extend<WindowFixtures, ServerFixtures>({
  workspace: [null, { option: true }],
  extensionDevelopmentPath: [null, { option: true, scope: 'worker' }],
  vsix: [null, { option: true, scope: 'worker' }],
  settings: [{}, { option: true, scope: 'worker' }],
  machineSettings: [undefined, { option: true, scope: 'worker' }],
  workspaceTrust: [false, { option: true, scope: 'worker' }],

  server: [
    async ({ vsix, settings, machineSettings, workspaceTrust }, use) => {
      const extensionsDir = temporaryFolder('extensions');
      let server: VsCodeServer | undefined;
      try {
        if (vsix !== null) await installVsix(vsix, extensionsDir);
        server = await VsCodeServer.start({
          extensionsDir,
          settings,
          workspaceTrust,
          ...(machineSettings && { machineSettings }),
        });
        await use(server);
      } finally {
        const killed = (await server?.stop()) ?? [];
        fs.rmSync(extensionsDir, { recursive: true, force: true });
        if (killed.length > 0) console.error(`left running: ${killed.join(', ')}`);
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  workbench: async ({ page, server, workspace, extensionDevelopmentPath }, use, info) => {
    const workbench = new Workbench(page);
    const extensions = extensionDevelopmentPath === null ? {} : { extensionDevelopmentPath };
    await workbench.open(server.url({ workspace, ...extensions }), { files: workspace !== null });
    await use(workbench);
    if (info.status !== info.expectedStatus)
      await info.attach('server.log', { body: server.log(), contentType: 'text/plain' });
  },
});
