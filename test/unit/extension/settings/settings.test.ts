// Settings are the user's: a wrong one is named, and label sets never mix with the built-in ones.
import { describe, expect, it } from 'vitest';
import { checkSetting, SettingError, writtenLabelSets } from '../../../../src/extension/settings/settings';

describe('checkSetting', () => {
  it('returns what may be there', () => {
    expect(checkSetting('chunkTokens', null)).toBeNull();
    expect(checkSetting('include', ['*.md'])).toEqual(['*.md']);
    expect(checkSetting('decisions.file', 'shared/..decisions.jsonl')).toBe('shared/..decisions.jsonl');
  });

  it.each<[Parameters<typeof checkSetting>[0], unknown]>([
    ['threads', -1],
    ['threads', 1.5],
    ['threads', '2'],
    ['include', '*.md'],
    ['include', ['']],
    ['badges', 'yes'],
    ['frontMatter.style', 'slashes'],
    ['frontMatter.key', ''],
    ['frontMatter.key', 'my: tags'],
    ['chunkTokens', 8],
    ['idleMinutes', Number.NaN],
    ['decisions.file', '../decisions.jsonl'],
    ['decisions.file', 'shared/../../decisions.jsonl'],
    ['decisions.file', '/etc/decisions.jsonl'],
    ['decisions.file', 'C:\\decisions.jsonl'],
    ['decisions.author', 'a'.repeat(201)],
    ['models', { embedded: '/mine' }],
    ['models', { mine: { threads: 2 } }],
  ])('refuses %s = %j and names the setting', (name, value) => {
    let thrown: unknown;
    try {
      checkSetting(name, value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SettingError);
    const { code, setting, message } = thrown as SettingError;
    expect({ code, setting }).toEqual({ code: 'setting-invalid', setting: name });
    expect(message).toContain(`“glitag.${name}”`);
  });
});

it('names the glob whose rule is wrong', () => {
  expect(checkSetting('split', { '*.csv': 'csv: text' })).toEqual({ '*.csv': 'csv: text' });
  expect(() => checkSetting('split', { '*.csv': 'csv: text', '*.xls': 'xls: text' })).toThrow(
    /“glitag\.split”.*must be “csv: column”.*\(at \*\.xls\)/,
  );
});

describe('writtenLabelSets', () => {
  const built = { documents: { labels: ['a'] } };

  it('is the built-in sets while nobody wrote any', () => {
    expect(writtenLabelSets({ defaultValue: built })).toEqual(built);
  });

  it('is the user’s sets alone, without the labels of a built-in set of the same name', () => {
    expect(writtenLabelSets({ defaultValue: built, globalValue: { documents: { labels: ['b'] } } })).toEqual({
      documents: { labels: ['b'] },
    });
  });

  it('is nothing if the user wrote an empty object', () => {
    expect(writtenLabelSets({ defaultValue: built, globalValue: {} })).toEqual({});
  });

  it('puts the workspace’s sets first, and takes each whole', () => {
    const sets = writtenLabelSets({
      defaultValue: built,
      globalValue: { mine: { labels: ['x'], prompt: 'p' }, other: { labels: ['y'] } },
      workspaceValue: { project: { labels: ['z'] }, mine: { labels: ['w'] } },
    }) as Record<string, unknown>;
    expect(Object.keys(sets)).toEqual(['project', 'mine', 'other']);
    expect(sets['mine']).toEqual({ labels: ['w'] });
  });

  it('hands a value that is no object on to the parser', () => {
    expect(writtenLabelSets({ defaultValue: built, workspaceValue: 'oops', globalValue: {} })).toBe('oops');
    expect(writtenLabelSets({ defaultValue: built, globalValue: ['oops'] })).toEqual(['oops']);
  });
});
