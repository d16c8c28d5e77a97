// The page of a webview: one script, one style sheet, and a policy that allows nothing else.
import { randomBytes } from 'node:crypto';

export interface ViewAssets {
  /** What the webview may load styles and fonts from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Of the page; "Tags" where absent. */
  readonly title?: string;
}

/** HTML of the page. Nothing of a document or a setting goes in: that comes by messages, as text. */
export function viewHtml({ cspSource, script, style, title = 'Tags' }: ViewAssets): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${attribute(style)}">
    <title>${attribute(title)}</title>
  </head>
  <body data-vscode-context='{"preventDefaultContextMenuItems": true}'>
    <script nonce="${nonce}" src="${attribute(script)}"></script>
  </body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
