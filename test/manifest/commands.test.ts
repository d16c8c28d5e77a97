// Commands, menus and `when` clauses: each exists on both sides, and the palette shows only what works.
import { describe, expect, it } from 'vitest';
import { answersViewId, commandIds, contextKeys, hiddenCommandIds, viewId } from '../../src/extension/host/names';
import { manifest, sourceOf, type MenuItem } from './manifest';

const { commands, keybindings, menus, submenus } = manifest.contributes;
const declared = commands.map(({ command }) => command);
const items = Object.entries(menus).flatMap(([menu, list]) => list.map((item) => ({ menu, ...item })));

describe('commands', () => {
  it('are the same in the manifest and in the code', () => {
    expect([...declared].sort()).toEqual([...commandIds].sort());
  });

  it('are declared once, with a title, and the category of the extension', () => {
    expect(new Set(declared).size).toBe(declared.length);
    for (const { command, title, category } of commands) {
      expect(category, command).toBe('GLiTag');
      expect(title, command).toMatch(/^[A-Z]/);
      expect(title, command).not.toMatch(/[.…%]$/);
    }
  });

  it.each([
    ['classifySelection', 'Classify Selection'],
    ['classifyFile', 'Classify File'],
    ['chooseLabelSet', 'Choose Label Set'],
    ['showLog', 'Show Log'],
    ['tagWorkspace', 'Tag Workspace'],
    ['tagFolder', 'Tag Folder'],
    ['goToFileByTag', 'Go to File by Tag'],
    ['copyTags', 'Copy Tags'],
  ])('%s is called “%s”', (id, title) => {
    expect(commands.find(({ command }) => command === `glitag.${id}`)?.title).toBe(title);
  });

  it('that the code runs by name exist', () => {
    const named = [...sourceOf('src/extension').matchAll(/executeCommand(?:<[^(]*>)?\(\s*'(glitag\.[\w.]+)'/g)].map(
      ([, id]) => id,
    );
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect([...declared, `${viewId}.focus`]).toContain(id);
  });
});

describe('menus', () => {
  it('name only commands and submenus that are declared', () => {
    for (const { menu, command, submenu } of items) {
      if (command !== undefined) expect(declared, menu).toContain(command);
      else
        expect(
          submenus.map(({ id }) => id),
          menu,
        ).toContain(submenu);
    }
  });

  it('have a place for every submenu, and items in it', () => {
    for (const { id } of submenus) {
      expect(
        items.some(({ submenu }) => submenu === id),
        id,
      ).toBe(true);
      expect(menus[id]?.length, id).toBeGreaterThan(0);
    }
  });

  it('add one submenu to the editor and to the explorer, and nothing else', () => {
    for (const menu of ['editor/context', 'explorer/context']) {
      const [only, ...more] = menus[menu] ?? [];
      expect(more).toEqual([]);
      expect(submenus.find(({ id }) => id === only?.submenu)?.label).toBe('GLiTag');
    }
  });

  it('give an icon to every button in the view title', () => {
    const buttons = (menus['view/title'] ?? []).filter(({ group }) => group?.startsWith('navigation'));
    expect(buttons.length).toBeGreaterThan(0);
    for (const { command } of buttons)
      expect(commands.find((known) => known.command === command)?.icon, command).toMatch(/^\$\([\w-]+\)$/);
  });

  it('have an order: no two items of a group at one place', () => {
    for (const [menu, items] of Object.entries(menus)) {
      // Of those that share a place among buttons, only one is there at a time.
      const places = items.flatMap(({ group = '' }) => (/^(navigation|inline)@/.test(group) ? [] : [group]));
      const listed = places.filter((place) => place.includes('@'));
      expect(new Set(listed).size, menu).toBe(listed.length);
    }
  });

  it('show the items of view titles and of rows in views of ours only', () => {
    const ours = [...(menus['view/title'] ?? []), ...(menus['view/item/context'] ?? [])];
    expect(ours.length).toBeGreaterThan(0);
    for (const { when } of ours)
      expect([`view == ${viewId}`, `view == ${answersViewId}`]).toContain(when?.split(' && ')[0]);
  });

  it('ask for kinds of rows of answers that there are', () => {
    const kinds = [...sourceOf('src/extension/answers').matchAll(/readonly type: '(\w+)'/g)].map(
      ([, kind]) => kind ?? '',
    );
    expect(kinds.length).toBeGreaterThan(0);
    const asked = (menus['view/item/context'] ?? []).flatMap(({ when }) =>
      [...(when ?? '').matchAll(/viewItem (?:== (\w+)|=~ \/\^\(([\w|]+)\))/g)].flatMap(([, one, list]) =>
        (list ?? one ?? '').split('|'),
      ),
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  it('hide from the palette what only the extension’s own buttons call', () => {
    const never = (menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command);
    expect(never).toEqual([...hiddenCommandIds]);
  });

  it('keep the palette at least as strict as the enablement', () => {
    const conditions = new Map((menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const enabled = commands.filter(({ enablement }) => enablement !== undefined);
    expect(enabled.length).toBeGreaterThan(0);
    for (const { command } of enabled) expect(conditions.get(command), command).toMatch(/\S/);
  });
});

describe('keys', () => {
  it('run commands that are declared, only where they are meant', () => {
    expect(keybindings.length).toBeGreaterThan(0);
    for (const { command, key, when } of keybindings) {
      expect(declared, key).toContain(command);
      expect(when, key).toMatch(/^glitag\.(?:viewFocus|treeFocus|passages)\b/);
    }
  });

  it('with Ctrl have the same with Cmd', () => {
    const withCtrl = keybindings.filter(({ key }) => key.startsWith('ctrl+'));
    expect(withCtrl.length).toBeGreaterThan(0);
    for (const { key, mac } of withCtrl) expect(mac).toBe(key.replace('ctrl+', 'cmd+'));
  });
});

describe('the menu of a row', () => {
  const row = menus['webview/context'] ?? [];

  it('is that of the view, and has every action of a row', () => {
    for (const { when } of row)
      for (const part of when?.split('||') ?? ['']) expect(part).toContain(`webviewId == ${viewId}`);
    expect(row.map(({ command }) => command?.replace('glitag.', '')).sort()).toEqual(
      [
        ...['openRow', 'openRowToSide', 'nextPassage', 'previousPassage', 'tagAgain'],
        ...['copyTags', 'addExample', 'revealInExplorer', 'excludeRow'],
        ...['acceptTag', 'rejectTag', 'moveTag', 'addTag', 'noneFits', 'takeBack', 'acceptAbove'],
      ].sort(),
    );
  });

  it('asks for kinds of rows that there are', () => {
    const kinds = [...sourceOf('src/core/tree').matchAll(/kind: ('\w+'(?: \| '\w+')*);/g)].flatMap(([, list]) =>
      (list ?? '').split(' | ').map((word) => word.slice(1, -1)),
    );
    const asked = [...row, ...(menus['commandPalette'] ?? [])].flatMap(({ when }) =>
      [...(when ?? '').matchAll(/(?:webviewSection|glitag\.row) (?:== (\w+)|=~ \/\^\(([\w|]+)\))/g)].flatMap(
        ([, one, list]) => (list ?? one ?? '').split('|'),
      ),
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((kind) => !kinds.includes(kind))).toEqual([]);
  });
});

describe('when clauses', () => {
  const clauses = [
    ...items.map(({ when }: MenuItem) => when),
    ...commands.map(({ enablement }) => enablement),
    ...keybindings.map(({ when }) => when),
  ].filter((clause) => clause !== undefined);
  const used = new Set(
    clauses
      .flatMap((clause) => clause.match(/\bglitag\.\w+/g) ?? [])
      .filter((key) => key !== viewId && key !== answersViewId),
  );

  it('use only keys that the code sets', () => {
    for (const key of used) expect(Object.values(contextKeys) as string[]).toContain(key);
  });

  it('have keys that the code really sets', () => {
    const source = sourceOf('src/extension');
    for (const name of Object.keys(contextKeys))
      expect(source, name).toMatch(new RegExp(`setContext(',\\s*|\\()contextKeys\\.${name}\\b`));
  });
});
