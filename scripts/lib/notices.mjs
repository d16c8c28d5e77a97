// Third-party notices: the licence of every package of which a part is in the bundles or beside them.
import fs from 'node:fs';
import path from 'node:path';
import { inRepo } from './paths.mjs';

/** Licences that allow shipping under Apache-2.0 with a notice; any other one stops the packaging. */
const accepted = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'CC-BY-4.0', 'Unlicense'];

/** Folders of the packages that esbuild took something from (its metafiles' inputs). */
function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((o) => Object.entries(o.inputs)));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  return used.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean);
}

/**
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @param {readonly string[]} shipped  names of packages that are copied whole
 * @returns {string} the text of the notices file
 */
export function thirdPartyNotices(metafiles, shipped) {
  const folders = [...new Set([...bundledPackages(metafiles), ...shipped.map((name) => `node_modules/${name}`)])];
  const sections = folders.map(notice).sort((a, b) => (a.name < b.name ? -1 : 1));
  const intro = 'GLiTag holds parts of the packages below, under their own licences.';
  return [intro, ...sections.map(({ text }) => text)].join(`\n\n${'-'.repeat(80)}\n`) + '\n';
}

function notice(folder) {
  const manifest = JSON.parse(fs.readFileSync(inRepo(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest;
  if (!accepted.includes(license)) throw new Error(`${name} has the licence ${license}: see scripts/lib/notices.mjs`);
  const repository = manifest.repository?.url ?? manifest.repository ?? manifest.homepage ?? '';
  const text = `${name} ${version} (${license})\n${repository}\n\n${licenceText(folder, manifest)}`;
  return { name, text };
}

/** The package's own licence file; where it ships none, what its manifest says. */
function licenceText(folder, { author, license }) {
  const files = fs.readdirSync(inRepo(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => fs.readFileSync(path.join(inRepo(folder), file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const holder = typeof author === 'string' ? author : (author?.name ?? 'its authors');
  return `Copyright ${holder}. The package ships no licence text; it is licensed under ${license}: https://spdx.org/licenses/${license}.html`;
}
