// A label set whose model is on a server beside one with the built-in model, as a user sees them: at work, and when the server fails.
import fs from 'node:fs';
import path from 'node:path';
import { InferenceClient } from '../../src/inference/client';
import { repositoryRoot, temporaryFolder } from '../host/locations';
import { GliclassServer, send, type Behaviour } from '../support/gliclassServer';
import { modelAnswers } from '../support/modelAnswers';
import { expect, test as base, themes } from './workbenchTest';

const folder = temporaryFolder('server');
/** So many that a server which fails for all of them is what fails, not a text. */
const count = 12;
/** Writes the texts anew: whoever is asked next is asked about all of them. */
function writeTexts(version: string): void {
  const texts = [
    'The invoice shows a charge of 420 EUR twice. Please refund it.',
    'We are looking for a developer to join our team in May.',
  ];
  for (let n = 0; n < count; n++) {
    const name = `${n % 2 === 0 ? 'invoice' : 'job'}-${String(n).padStart(2, '0')}.txt`;
    fs.writeFileSync(path.join(folder, name), `${texts[n % 2] ?? ''} ${version} ${n}.`);
  }
}
writeTexts('First');
const labels = ['billing and invoices', 'hiring', 'security vulnerability'];
const sets = {
  tickets: { labels, threshold: 0.5 },
  far: { labels: [...labels, 'apology'], threshold: 0.5, model: 'far' },
  apart: { labels, model: 'apart' },
  nowhere: { labels, model: 'nowhere' },
};

/** Upstream's protocol with the built-in model behind it; it can go away and come back. */
class FarServer {
  private readonly model = new InferenceClient({
    workerFile: path.join(repositoryRoot(), 'dist/worker.js'),
    load: { folder: path.join(repositoryRoot(), 'models/glitag-small-en'), threads: 1, maxBatchTokens: 1024 },
    idleMs: 600_000,
    memoryCeilingBytes: 2 ** 40,
    log: () => undefined,
  });
  private server: GliclassServer | null = null;
  port = 0;

  readonly answers = modelAnswers(this.model);
  private behaviour: Behaviour = this.answers;

  get url(): string {
    return `http://127.0.0.1:${this.port}/gliclass`;
  }

  async up(): Promise<void> {
    this.server = await GliclassServer.listen(this.behaviour, undefined, this.port);
    this.port = this.server.port;
  }

  behaves(behaviour: Behaviour): void {
    this.behaviour = behaviour;
    if (this.server) this.server.behaviour = behaviour;
  }

  async down(): Promise<void> {
    await this.server?.stop();
    this.server = null;
  }

  async end(): Promise<void> {
    await this.down();
    await this.model.dispose();
  }
}

const test = base.extend<object, { far: FarServer }>({
  far: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const far = new FarServer();
      await far.up();
      await use(far);
      await far.end();
    },
    { scope: 'worker' },
  ],
  machineSettings: [
    async ({ far }, use) => {
      const models = {
        far: { server: far.url, serverModel: 'gliclass-large' },
        // A model that reads texts and labels apart, as its configuration says.
        apart: { server: far.url, tokenizer: path.join(repositoryRoot(), 'test/golden/models/bi-bert') },
        nowhere: { server: 'http://127.0.0.1:9/gliclass' },
      };
      await use({ 'glitag.models': models });
    },
    { scope: 'worker' },
  ],
});

test.use({ workspace: folder, settings: { 'glitag.labelSets': sets, 'glitag.activeLabelSet': 'tickets' } });
test.setTimeout(400_000);
test.afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const plain = themes.filter(({ name }) => name !== 'high-contrast');

test('a model on a server', async ({ workbench, tags, page, picture, far }) => {
  const row = (text: string | RegExp) =>
    workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first();
  const status = workbench.statusBar.locator('[id="glitag.glitag.glitag.status"]');
  const centre = page.locator('.notifications-center.visible');
  const choose = async (set: string) => {
    await workbench.command('GLiTag: Choose Label Set');
    await row(set).click();
  };
  const inThemes = async (name: string, before: () => Promise<void> = () => Promise.resolve()) => {
    for (const { name: suffix, theme, kind } of plain) {
      await workbench.chooseTheme(theme, kind);
      await before();
      await picture(`${name}-${suffix}`);
    }
  };
  const openCentre = async () => {
    if (!(await centre.isVisible())) await workbench.command('Notifications: Show Notifications');
  };
  const openMenu = async () => {
    await page.keyboard.press('Escape');
    await status.click();
    await expect(row('Model: ')).toBeVisible();
  };
  /** Texts that are new to everybody. */
  const tag = async (version: string) => {
    writeTexts(version);
    await workbench.command('GLiTag: Tag Workspace');
  };
  const tagged = async () => {
    await expect(tags.note(/^Done in .*12 tagged/)).toBeVisible({ timeout: 60_000 });
    await expect(tags.row(/^invoice-00\.txt/)).toContainText('billing and invoices');
    await expect(tags.row(/^job-01\.txt/)).toContainText('hiring');
  };

  await test.step('two sets, one with the built-in model, one with a server', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await tagged();
    await inThemes('server-first-model');
    await choose('far');
    await workbench.command('GLiTag: Tag Workspace');
    await tagged();
    await inThemes('server-second-model');
  });

  await test.step('the menu says where texts go, and what the model cannot do', async () => {
    await inThemes('server-menu', openMenu);
    await expect(workbench.quickInput.locator('input').first()).toHaveAttribute(
      'placeholder',
      new RegExp(`texts are sent to ${far.url}`),
    );
    await expect(row('Model: far')).toContainText('for other labels or new decisions it reads all texts again');
    await page.keyboard.press('Escape');
    await choose('apart');
    await expect(status).toContainText('apart');
    await inThemes('server-menu-apart', openMenu);
    await expect(row('Model: apart')).toContainText('takes no examples and learns from no decisions');
    await expect(row('Learning from decisions: not with the model apart')).toContainText('reads text and labels apart');
    await page.keyboard.press('Escape');
    await choose('far');
  });

  await test.step('a server that fails is told with its status, and “Try Again” goes on', async () => {
    far.behaves(({ response }) => {
      send(response, 500, {});
    });
    await tag('Second');
    await openCentre();
    await expect(centre).toContainText(`The server at ${far.url}: it failed (500). Its own log says why.`, {
      timeout: 60_000,
    });
    await inThemes('server-fails', openCentre);
    far.behaves(far.answers);
    await centre.getByRole('button', { name: 'Try Again' }).click();
    await tagged();
  });

  await test.step('a token is asked for, and sent from then on', async () => {
    far.behaves((exchange) => {
      if (exchange.request.headers.authorization === 'Bearer 0815') far.answers(exchange);
      else send(exchange.response, 401, {});
    });
    await tag('Third');
    await openCentre();
    await expect(centre).toContainText('it wants a token, or another one (401)');
    await inThemes('server-token', openCentre);
    await centre.getByRole('button', { name: 'Set Token' }).click();
    await expect(workbench.quickInput).toContainText(`Token of ${far.url}`);
    await page.keyboard.type('0815');
    await picture('server-token-asked');
    await page.keyboard.press('Enter');
    // Nothing shows when the token is in the store.
    await expect(async () => {
      await workbench.command('GLiTag: Tag Workspace');
      await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 90_000 });
    await tagged();
  });

  await test.step('one that went away is waited for, and says so', async () => {
    await far.down();
    await tag('Fourth');
    await expect(tags.note(/connection was refused.* Trying again\./)).toBeVisible();
    await inThemes('server-away');
    await status.hover();
    await page.waitForTimeout(1000);
    await picture('server-away-tooltip');
    await far.up();
    await tagged();
    await expect(tags.note('Trying again')).toHaveCount(0);
  });

  await test.step('one that never was there is given up', async () => {
    await choose('nowhere');
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.note('Trying again')).toBeVisible();
    await openCentre();
    await expect(centre).toContainText('Is it running, and is the port right?', { timeout: 60_000 });
    await expect(centre.getByRole('button', { name: 'Try Again' })).toBeVisible();
    await inThemes('server-nowhere', openCentre);
    await workbench.resizeSideBar(180);
    await inThemes('server-nowhere-narrow');
  });
});
