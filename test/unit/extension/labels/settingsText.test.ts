// Mistakes and label sets at their place in the text of a settings file, with comments and while it is being typed.
import { applyEdits } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { SettingsText, settingPath } from '../../../../src/extension/labels/settingsText';

const text = `{
  // my labels
  "editor.fontSize": 12,
  "glitag.labelSets": {
    "letters": {
      "labels": ["letter", 7], // two kinds
      "treshold": 0.5,
    },
    "work": { "labels": { "topic": { "planning": { "descripton": "dates" } } }, "mode": "single" }
  },
}
`;

const at = (source: string, path = ['glitag.labelSets']) => new SettingsText(source, path);
const cut = (source: string, { start, end }: { start: number; end: number }) => source.slice(start, end);

describe('problems', () => {
  it('are all told, each with the key or value it is about', () => {
    const problems = at(text).problems();
    expect(problems.map(({ span, warning }) => [cut(text, span), warning])).toEqual([
      ['"treshold"', true],
      ['7', false],
      ['"descripton"', true],
      ['"single"', false],
    ]);
  });

  it('mend what they are about', () => {
    let mended = text;
    for (const { span, fix } of at(text).problems().reverse())
      if (fix) mended = mended.slice(0, span.start) + fix.text + mended.slice(span.end);
    expect(at(mended).problems()).toEqual([]);
    expect(mended).toContain('"labels": ["letter", "7"], // two kinds');
  });

  it('are found in a workspace file', () => {
    const workspace = `{"folders": [], "settings": ${text}}`;
    const path = settingPath('/x/my.code-workspace');
    expect(
      at(workspace, path)
        .problems()
        .map(({ span }) => cut(workspace, span))[0],
    ).toBe('"treshold"');
    expect(settingPath('/x/.vscode/settings.json')).toEqual(['glitag.labelSets']);
  });

  it('stand at the name where something is missing', () => {
    const missing = '{"glitag.labelSets": {"letters": {"mode": "multi-label"}}}';
    expect(
      at(missing)
        .problems()
        .map(({ span }) => cut(missing, span)),
    ).toEqual(['"letters"']);
    const wrong = '{"glitag.labelSets": ["a"]}';
    expect(
      at(wrong)
        .problems()
        .map(({ span }) => cut(wrong, span)),
    ).toEqual(['"glitag.labelSets"']);
  });

  it('come from what can be read of a text that is being typed', () => {
    const typing = text.slice(0, text.indexOf('"descripton"'));
    expect(
      at(typing)
        .problems()
        .map(({ span }) => cut(typing, span)),
    ).toContain('7');
    expect(at('').problems()).toEqual([]);
    expect(at('{"glitag.labelSets": ').problems()).toEqual([]);
  });
});

describe('withSet', () => {
  const format = { tabSize: 2, insertSpaces: true };
  const put = (source: string, name: string) => applyEdits(source, at(source).withSet(name, { labels: ['a'] }, format));

  it('adds a set and leaves comments and other sets as they are', () => {
    const edited = put(text, 'new');
    expect(edited).toContain('// my labels');
    expect(edited).toContain('"labels": ["letter", 7], // two kinds');
    expect(at(edited).value).toMatchObject({ work: {}, new: { labels: ['a'] } });
  });

  it('makes the setting where there is none', () => {
    for (const source of ['', '{}', '{\n  "a": 1\n}\n'])
      expect(at(put(source, 'x')).value).toEqual({ x: { labels: ['a'] } });
  });
});

describe('withChanges', () => {
  it('changes values within a set and leaves every comment', () => {
    const source = text.replace('"letters": {', '"letters": { // kinds of letters\n');
    const changes = [
      { steps: ['labels', 0], value: { name: 'letter', threshold: 0.7 } },
      { steps: ['threshold'], value: 0.4 },
    ];
    const edits = at(source).withChanges('letters', changes, { tabSize: 2, insertSpaces: true });
    const edited = applyEdits(source, edits);
    for (const comment of ['// my labels', '// two kinds', '// kinds of letters']) expect(edited).toContain(comment);
    expect(at(edited).value).toMatchObject({
      letters: { labels: [{ name: 'letter', threshold: 0.7 }, 7], threshold: 0.4 },
      work: { mode: 'single' },
    });
    expect(at(edited).withChanges('letters', changes, { tabSize: 2, insertSpaces: true })).toEqual([]);
  });
});
