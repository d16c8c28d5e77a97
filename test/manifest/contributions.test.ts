// The rest of the manifest: activation, views, texts, icons, walkthrough.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  answersViewId,
  badgeColorId,
  commandIds,
  settingNames,
  viewContainerId,
  viewId,
} from '../../src/extension/host/names';
import { manifest, rawManifest, root, sourceOf, strings, textKeyPattern, texts } from './manifest';

const { contributes } = manifest;

function exists(file: string): boolean {
  return fs.existsSync(path.join(root, file));
}

describe('activation', () => {
  it('is implicit only: nothing starts before a command or the view', () => {
    expect(manifest.activationEvents).toEqual([]);
  });

  it('runs where the files are', () => {
    expect(manifest.extensionKind).toEqual(['workspace']);
  });
});

describe('views', () => {
  it('have the ids that the code uses', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([viewContainerId]);
    expect(Object.keys(contributes.views)).toEqual([viewContainerId]);
    expect(contributes.views[viewContainerId]?.map(({ id, type, name }) => ({ id, type, name }))).toEqual([
      { id: viewId, type: 'webview', name: 'Tags' },
      { id: answersViewId, type: undefined, name: 'Answers' },
    ]);
  });

  it('have a provider', () => {
    expect(sourceOf('src/extension')).toMatch(/registerWebviewViewProvider\(\s*viewId/);
    expect(sourceOf('src/extension')).toMatch(/createTreeView\(\s*answersViewId/);
  });
});

describe('icons', () => {
  it('are there, in the size that the marketplace asks for', () => {
    const png = fs.readFileSync(path.join(root, manifest.icon));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(128);
    expect(png.readUInt32BE(20)).toBe(png.readUInt32BE(16));
  });

  it('of the activity bar are SVG with one colour, because the theme paints them', () => {
    for (const { icon } of contributes.viewsContainers.activitybar) {
      const svg = fs.readFileSync(path.join(root, icon), 'utf8');
      const colours = new Set([...svg.matchAll(/(?:fill|stroke)="(?!none)([^"]+)"/g)].map(([, colour]) => colour));
      expect(colours.size).toBe(1);
    }
    for (const { icon } of Object.values(contributes.views).flat()) expect(exists(icon), icon).toBe(true);
  });

  it('by name are codicons', () => {
    const known = fs.readFileSync(path.join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8');
    for (const { command, icon } of contributes.commands)
      if (icon !== undefined) expect(known, command).toContain(`.codicon-${icon.slice(2, -1)}:before`);
    for (const { name, icon } of contributes.languageModelTools)
      expect(known, name).toContain(`.codicon-${icon.slice(2, -1)}:before`);
  });
});

describe('texts', () => {
  const used = new Map(
    [...strings(rawManifest)].flatMap(([place, value]) => {
      const key = textKeyPattern.exec(value)?.[1];
      return key === undefined ? [] : [[key, place] as const];
    }),
  );

  it('exist for every key of the manifest', () => {
    for (const [key, place] of used) expect(texts[key], place).toMatch(/\S/);
  });

  it('are all used', () => {
    expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
  });

  it('stand behind a key wherever people read them', () => {
    const read = /^(title|label|description|markdownDescription|name|displayName|userDescription|altText|category)$/;
    const own = new Set(['GLiTag', manifest.name]);
    const contributed = (rawManifest as { contributes: unknown }).contributes;
    for (const [place, value] of strings(contributed)) {
      // Snippets and defaults hold the user's own words: label names.
      if (/(^|\.)(default|body)\./.test(place) || /defaultSnippets\.\d+\.label$/.test(place)) continue;
      // Only models read these.
      if (/^languageModelTools\.\d+\.(name$|inputSchema\.)/.test(place)) continue;
      if (read.test(place.split('.').at(-1) ?? '') && !own.has(value)) expect(value, place).toMatch(textKeyPattern);
    }
  });
});

describe('the walkthrough', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  it('has at most five steps, each with a drawing and words for it', () => {
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(5);
    for (const { id, media } of steps) {
      expect(exists(media.svg ?? ''), id).toBe(true);
      expect(media.altText, id).toMatch(/\S/);
    }
  });

  it('links and completes with commands, views and settings that exist', () => {
    const commands = [...commandIds, `${viewId}.focus`, 'workbench.action.openSettings'] as string[];
    const settings = settingNames.map((name) => `glitag.${name}`);
    const links = steps.flatMap(({ description }) =>
      [...description.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? ''),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((command) => !commands.includes(command))).toEqual([]);
    for (const { id, completionEvents } of steps) {
      expect(completionEvents.length, id).toBeGreaterThan(0);
      for (const event of completionEvents) {
        const [kind, target] = event.split(':');
        const known = { onCommand: commands, onView: [viewId], onSettingChanged: settings }[kind ?? ''];
        expect(known, event).toContain(target);
      }
    }
  });
});

describe('colours', () => {
  it('are those that the code paints with', () => {
    expect(contributes.colors.map(({ id }) => id)).toEqual([badgeColorId]);
    expect(sourceOf('src/extension')).toMatch(/ThemeColor\(badgeColorId\)/);
  });
});
