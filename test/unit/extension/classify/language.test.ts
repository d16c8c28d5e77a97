// The guess that a text is not English: it may miss some, but must not call English or code foreign.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { foreignLanguage } from '../../../../src/extension/classify/language';

const root = path.resolve(import.meta.dirname, '../../../..');

const german =
  'Die Rechnung wurde doppelt gestellt. Bitte erstatten Sie den zu viel gezahlten Betrag bis Ende des Monats und bestätigen Sie den Eingang dieses Schreibens. ';
const french =
  'Nous avons reçu votre facture deux fois et vous prions de bien vouloir rembourser le montant payé en trop avant la fin du mois. ';
const russian =
  'Оплата по этому счёту была списана дважды. Пожалуйста, верните нам излишне уплаченную сумму до конца месяца и сообщите, когда это произойдёт. ';
const japanese = '請求書が二重に届きました。今月末までに払い過ぎた金額を返金してくださいますようお願いいたします。';

describe('foreignLanguage', () => {
  it.each([
    ['German', german],
    ['French', french],
    ['Japanese', japanese],
  ])('names %s where the text is long, and only says so where it is short', async (language, text) => {
    expect(await foreignLanguage(text)).toEqual({ language: null });
    expect(await foreignLanguage(text.repeat(15))).toEqual({ language });
  });

  it('says of others that they are not English', async () => {
    expect(await foreignLanguage(russian)).toEqual({ language: null });
  });

  it('says nothing of short texts', async () => {
    for (const text of ['', 'ja', 'Guten Tag', '12345 67890', '{"a": [1, 2, 3]}'])
      expect(await foreignLanguage(text)).toBeNull();
  });

  it('calls no sample and no source file foreign', async () => {
    const folders = ['samples/workspace', 'src/core', 'src/extension', 'scripts', 'docs'];
    const files = folders.flatMap((folder) =>
      fs
        .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(md|ts|mjs|txt|log|json|csv|ya?ml|py|sql|sh)$/.test(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name)),
    );
    expect(files.length).toBeGreaterThan(60);
    const foreign: string[] = [];
    for (const file of files) {
      const language = await foreignLanguage(fs.readFileSync(file, 'utf8'));
      if (language !== null) foreign.push(`${path.relative(root, file)}: ${language.language ?? 'short'}`);
    }
    expect(foreign).toEqual([]);
  });
});
