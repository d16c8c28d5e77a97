// Settings: the same on both sides, with scope, description, order and a default that the code accepts.
import { describe, expect, it } from 'vitest';
import { labelSetSchema } from '../../src/core/labelSetSchema';
import { parseLabelSets } from '../../src/core/parseLabelSets';
import { settingNames, settingPrefix } from '../../src/extension/host/names';
import { checkSetting, settingSchemas, type CheckedSetting } from '../../src/extension/settings/settings';
import { defaultExclude } from '../../src/workspace/find/globs';
import { manifest, settings, sourceOf } from './manifest';

const scopes = ['application', 'machine', 'machine-overridable', 'window', 'resource', 'language-overridable'];

describe('settings', () => {
  it('are the same in the manifest and in the code', () => {
    expect([...settings.keys()].sort()).toEqual(settingNames.map((name) => `${settingPrefix}.${name}`).sort());
  });

  it('have a scope, a description, an order and a default each', () => {
    for (const [name, setting] of settings) {
      expect(scopes, name).toContain(setting.scope);
      expect(setting.markdownDescription, name).toMatch(/\S.*[.:]$/);
      expect(setting.order, name).toBeGreaterThan(0);
      expect(setting.default, name).toBeDefined();
      expect(setting.type, name).toBeDefined();
    }
  });

  it('have no two with one order in a group', () => {
    for (const { title, properties } of manifest.contributes.configuration) {
      const orders = Object.values(properties).map(({ order }) => order);
      expect(new Set(orders).size, title).toBe(orders.length);
    }
  });

  it('describe themselves without naming settings that do not exist', () => {
    for (const [name, setting] of settings)
      for (const [, other] of JSON.stringify(setting).matchAll(/#(glitag\.[\w.]+)#/g))
        expect([...settings.keys()], name).toContain(other);
  });

  it.each(Object.keys(settingSchemas) as CheckedSetting[])('the default of %s is accepted by the code', (name) => {
    const { default: value } = settings.get(`${settingPrefix}.${name}`) ?? {};
    expect(checkSetting(name, value)).toEqual(value);
  });

  it('the default of exclude is what the command leaves out too', () => {
    expect(settings.get(`${settingPrefix}.exclude`)?.default).toEqual(defaultExclude);
  });

  const limited = (Object.keys(settingSchemas) as CheckedSetting[]).filter(
    (name) => 'minimum' in (settings.get(`${settingPrefix}.${name}`) ?? {}),
  );

  it.each(limited)('the limits of %s are the same on both sides', (name) => {
    const { minimum, maximum } = settings.get(`${settingPrefix}.${name}`) ?? {};
    expect(checkSetting(name, minimum)).toBe(minimum);
    expect(checkSetting(name, maximum)).toBe(maximum);
    expect(() => checkSetting(name, Number(minimum) - 1)).toThrow(name);
    expect(() => checkSetting(name, Number(maximum) + 1)).toThrow(name);
  });

  it('are all read by the code', () => {
    const source = sourceOf('src/extension');
    for (const name of settingNames)
      expect(source, name).toMatch(
        name === 'labelSets' ? /config\.labelSets\(\)/ : new RegExp(`\\.(get|isOn)\\('${name}'`),
      );
  });
});

describe('label sets', () => {
  const setting = settings.get('glitag.labelSets');

  it('have the schema and the default of the domain (node scripts/manifest.mjs writes them)', () => {
    const { scope, order, ...schema } = setting ?? {};
    expect(scope).toBe('window');
    expect(order).toBe(1);
    expect(schema).toEqual(labelSetSchema);
  });

  it('have a default that gives a new user a set to tag with', () => {
    const { sets, problems } = parseLabelSets(setting?.default);
    expect(problems).toEqual([]);
    expect(sets.length).toBeGreaterThan(0);
  });

  it('offer skeletons', () => {
    expect((setting?.['defaultSnippets'] as unknown[]).length).toBeGreaterThanOrEqual(5);
  });
});

describe('workspace trust', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  const paths = ['glitag.model.path', 'glitag.models', 'glitag.nodePath', 'glitag.pythonPath'];

  it('keeps paths out of the hands of a workspace', () => {
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(untrustedWorkspaces.description).not.toBe('');
    // A workspace that is trusted may name a file of its own.
    expect([...untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(
      [...paths, 'glitag.model.host', 'glitag.decisions.file'].sort(),
    );
    for (const name of [...paths, 'glitag.model.host']) expect(settings.get(name)?.scope, name).toBe('machine');
  });

  it('restricts every setting that names a path', () => {
    for (const [name] of settings) if (/path$/i.test(name)) expect(paths, name).toContain(name);
  });

  it('gives a reason for what virtual workspaces lack', () => {
    expect(virtualWorkspaces.supported).toBe('limited');
    expect(virtualWorkspaces.description).not.toBe('');
  });
});
