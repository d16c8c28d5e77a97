// What is wrong with a file of labels is said in a sentence: that it is not there, what YAML makes of it, that it is no list.
import { expect, test } from 'vitest';
import { readLabelSet } from '../../../src/cli/labelsFile';
import { TempFolder } from '../workspace/tempFolder';

async function refused(text: string): Promise<string> {
  const folder = await TempFolder.create({ 'l.yaml': text });
  try {
    const { labels } = readLabelSet(folder.at('l.yaml'), undefined);
    return labels.map(({ name }) => name).join();
  } catch (error) {
    return String(error).replace(folder.at('l.yaml'), 'FILE');
  }
}

test('labels, one a line with a sign before each', async () => {
  expect(await refused('- urgent\n- not urgent\n')).toBe('urgent,not urgent');
  // YAML reads this as the one text “urgent not urgent”.
  expect(await refused('urgent\nnot urgent\n')).toMatch(/FILE holds a text, not a list of labels\./u);
});

test('a file that is not there, or that YAML cannot read', async () => {
  expect(() => readLabelSet('/nowhere/l.yaml', undefined)).toThrow(
    'The labels file /nowhere/l.yaml cannot be read. Check the path of --labels.',
  );
  expect(await refused('labels:\n\t- a\n')).toMatch(/: Tabs are not allowed as indentation at line 2, column 1\.$/u);
  const binary = await refused(`"a" ${'\u0002x'.repeat(50_000)}`);
  expect(binary).toContain('cannot be read as JSON or YAML');
  expect(binary.length).toBeLessThan(400);
});
