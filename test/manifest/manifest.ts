// The manifest as the editor reads it: parsed, with the texts of package.nls.json put in.
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

export interface Setting {
  readonly scope?: string;
  readonly order?: number;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly markdownDescription?: string;
  readonly [key: string]: unknown;
}

export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly displayName: string;
  readonly icon: string;
  readonly main: string;
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: unknown; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly icon?: string;
      readonly enablement?: string;
    }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly displayName: string;
      readonly userDescription: string;
      readonly modelDescription: string;
      readonly toolReferenceName: string;
      readonly canBeReferencedInPrompt: boolean;
      readonly when: string;
      readonly icon: string;
      readonly inputSchema: unknown;
    }[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string; readonly label: string }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
      readonly when?: string;
    }[];
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly title: string; readonly icon: string }[];
    };
    readonly views: Readonly<
      Record<
        string,
        readonly { readonly id: string; readonly type: string; readonly name: string; readonly icon: string }[]
      >
    >;
    readonly configuration: readonly {
      readonly id: string;
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
    readonly colors: readonly { readonly id: string; readonly description: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
        readonly media: {
          readonly svg?: string;
          readonly markdown?: string;
          readonly image?: string;
          readonly altText?: string;
        };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

export const rawManifest: unknown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
export const texts = JSON.parse(fs.readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

export const textKeyPattern = /^%([\w.-]+)%$/;

export const manifest = localise(rawManifest) as Manifest;

export const settings = new Map(
  manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
);

/** Replaces `%key%` as VS Code does: only where it is the whole string. */
function localise(value: unknown): unknown {
  if (typeof value === 'string') {
    const key = textKeyPattern.exec(value)?.[1];
    return key === undefined ? value : (texts[key] ?? value);
  }
  if (Array.isArray(value)) return value.map(localise);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, localise(inner)]));
}

/** Every string anywhere in a value, with the path that leads to it. */
export function* strings(value: unknown, place: readonly string[] = []): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [place.join('.'), value];
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* strings(inner, [...place, key]);
}

/** The text of all TypeScript files of a folder, without comments being told apart. */
export function sourceOf(folder: string): string {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
