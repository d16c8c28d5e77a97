// How the files begin that tags are exported into.

/** Columns of the extension's export, and of `glitag tag --format csv`. */
export const csvColumns = {
  export: ['folder', 'path', 'label', 'score', 'start', 'end', 'stale', 'state'],
  cli: ['path', 'label', 'score', 'start', 'end'],
} as const;

/** What earlier versions wrote is known too. */
const earlier = [csvColumns.export.slice(0, -1)];

export const csvHeads: readonly string[] = [...Object.values(csvColumns), ...earlier].map(csvHead);

/** The line that names the columns. */
export function csvHead(columns: readonly string[]): string {
  return `${columns.join(',')}\n`;
}

/** A comment, which Markdown does not show, and the table's head. */
export const markdownHead = '<!-- Tags, exported by GLiTag -->\n\n| Document | Tags |\n| --- | --- |\n';

/** A SARIF log of `glitag tag`, up to the name of the tool. */
export const sarifHead = `{
  "version": "2.1.0",
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "runs": [
    {
      "tool": { "driver": {"name":"GLiTag",`;

const string = String.raw`"(?:[^"\\]|\\.)*"`;

/** How it begins: a passage may be longer than what is looked at. */
const passage = String.raw`"passage":\{"exact":"`;

/** JSON Lines of both, `--format json`, and decisions; each with the keys of the first object in their order. */
export const jsonBegins: readonly RegExp[] = [
  new RegExp(String.raw`^\{"folder":${string},"path":${string},"stale":(?:true|false),"tags":\[`, 'u'),
  new RegExp(String.raw`^\{"path":${string},"tags":\[(?:\]|\{"label":${string},"score":)`, 'u'),
  new RegExp(String.raw`^\{\n  "model": ${string},\n  "modelHash": ${string},\n  "labelSet": ${string},\n`, 'u'),
  new RegExp(
    String.raw`^\{(?:"folder":${string},)?"path":${string},(?:${passage}|"set":${string},(?:"label":${string},)?"verdict":)`,
    'u',
  ),
];
