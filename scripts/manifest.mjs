#!/usr/bin/env node
// Writes the schema and default of `glitag.labelSets` from src/core/labelSetSchema.ts into package.json, its texts into
// package.nls.json. Run it after a change of the schema; the manifest tests fail until then.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const manifestFile = path.join(root, 'package.json');
const textsFile = path.join(root, 'package.nls.json');
const settingName = 'glitag.labelSets';
const textPrefix = 'labelSets.';

/** Keys whose strings people read; below `default` and `body` are the user's own words. */
const textKeys = new Set(['description', 'markdownDescription', 'markdownEnumDescriptions']);
const dataKeys = new Set(['default', 'body']);

const bundled = await build({
  absWorkingDir: root,
  entryPoints: ['src/core/labelSetSchema.ts'],
  bundle: true,
  format: 'esm',
  write: false,
});
const code = Buffer.from(bundled.outputFiles[0].text).toString('base64');
const { labelSetSchema } = await import(`data:text/javascript;base64,${code}`);

const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
const texts = JSON.parse(fs.readFileSync(textsFile, 'utf8'));
for (const key of Object.keys(texts)) if (key.startsWith(textPrefix)) delete texts[key];

/** The key of a text; the same text is translated once. */
const keys = new Map();
function textKey(text, place) {
  if (!keys.has(text)) {
    const key = `${textPrefix}${place.join('.')}`;
    if (key in texts) throw new Error(`Two texts of the schema have the key ${key}.`);
    keys.set(text, key);
    texts[key] = text;
  }
  return `%${keys.get(text)}%`;
}

function withTextKeys(value, place) {
  if (Array.isArray(value)) return value.map((item, index) => withTextKeys(item, [...place, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (dataKeys.has(key)) return [key, inner];
      if (textKeys.has(key) && typeof inner === 'string') return [key, textKey(inner, [...place, key])];
      if (textKeys.has(key) && Array.isArray(inner))
        return [key, inner.map((text, index) => textKey(text, [...place, key, index]))];
      return [
        key,
        withTextKeys(inner, key === 'properties' || key === 'additionalProperties' ? place : [...place, key]),
      ];
    }),
  );
}

const group = manifest.contributes.configuration.find(({ properties }) => settingName in properties);
group.properties[settingName] = { scope: 'window', order: 1, ...withTextKeys(labelSetSchema, []) };

for (const [file, value] of [
  [manifestFile, manifest],
  [textsFile, texts],
]) {
  const options = await resolveConfig(file);
  fs.writeFileSync(file, await format(JSON.stringify(value), { ...options, filepath: file }));
}
