// The report as one file that needs nothing else: page, style, data, and a policy under which nothing else can be loaded or run.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import type { ReportData } from '../../shared/reportData';
import { isFolder } from '../isFolder';

export interface ReportAssets {
  readonly script: string;
  readonly style: string;
}

/** Looked at before the model is asked, which may take hours. Throws AppError input-invalid where there is no such place. */
export function checkReportPlace(file: string): void {
  if (isFolder(file) || !isFolder(path.dirname(path.resolve(file)))) throw unwritable(file);
}

/** Throws AppError input-invalid where the file cannot be written. */
export function writeReport(file: string, data: ReportData): void {
  const media = path.join(__dirname, 'media');
  const read = (name: string) => fs.readFileSync(path.join(media, name), 'utf8');
  const html = reportHtml(data, { script: read('report.js'), style: read('report-style.css') });
  try {
    fs.writeFileSync(file, html);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause?: unknown): AppError {
  return new AppError('input-invalid', `The report cannot be written to ${file}. Check the path of --html.`, { cause });
}

/** Scripts and styles run by their hashes alone. The data is no script: it is read as text, and cannot end its element. */
export function reportHtml(data: ReportData, assets: ReportAssets): string {
  const [script, style] = [withoutMap(assets.script), withoutMap(assets.style)];
  const policy = [
    `default-src 'none'`,
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Evaluation of ${escaped(data.title)}</title>
    <style>${style}</style>
  </head>
  <body>
    <script type="application/json" id="report-data">${json}</script>
    <script>${script}</script>
  </body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The map stays behind: a file that was sent to somebody has none beside it. */
function withoutMap(text: string): string {
  return text.replace(/\n?(?:\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)\s*$/u, '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
