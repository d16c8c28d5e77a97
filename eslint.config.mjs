// Style, correctness, and the borders between the runtimes (docs/ARCHITECTURE.md, "Borders").
import eslint from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What each folder may import besides itself. `packages` are module names; everything else is refused. */
const borders = {
  'src/core': { folders: [], packages: [] },
  'src/shared': { folders: ['core'], packages: ['valibot'] },
  'src/inference': {
    folders: ['core', 'shared'],
    packages: ['node:*', 'onnxruntime-node', '@huggingface/tokenizers', 'valibot'],
  },
  'src/remote': { folders: ['core', 'shared', 'inference'], packages: ['node:*', 'valibot'] },
  'src/library': { folders: ['core', 'shared', 'inference', 'remote'], packages: ['node:*', 'valibot'] },
  'src/models': {
    folders: ['core', 'shared', 'inference', 'remote'],
    packages: ['node:*', 'valibot', 'modern-tar', 'yauzl'],
  },
  'src/workspace': {
    folders: ['core', 'shared'],
    packages: [
      'node:*',
      'ignore',
      'picomatch',
      'isbinaryfile',
      'iconv-lite',
      'csv-parse',
      'csv-stringify/sync',
      'jsonc-parser',
      'toml-eslint-parser',
      'yaml',
      'valibot',
    ],
  },
  'src/training': { folders: ['core', 'shared', 'inference'], packages: ['node:*', 'valibot'] },
  'src/agents': { folders: ['core', 'shared'], packages: ['valibot'] },
  'src/extension': {
    folders: ['core', 'shared', 'inference', 'remote', 'models', 'workspace', 'training', 'agents'],
    packages: ['node:*', 'vscode', 'valibot', 'yaml', 'jsonc-parser', 'franc-min'],
  },
  'src/cli': {
    folders: ['core', 'shared', 'inference', 'remote', 'library', 'models', 'workspace', 'training', 'agents'],
    packages: [
      'node:*',
      'commander',
      'cli-progress',
      'csv-stringify/sync',
      'jsonc-parser',
      'valibot',
      'yaml',
      '@modelcontextprotocol/server',
      '@modelcontextprotocol/server/stdio',
      '@valibot/to-json-schema',
    ],
  },
  media: { folders: ['core', 'shared'], packages: ['d3-scale', 'd3-shape'] },
};

const network = ['http', 'https', 'http2', 'net', 'tls', 'dgram'].flatMap((name) => [`node:${name}`, name]);

/** Modules that only the named files may import. */
const doors = [
  { file: 'src/inference/client.ts', modules: ['node:child_process', 'child_process'] },
  // Starts the CLI again under a newer Node; it has no part in inference.
  { file: 'src/cli/relaunch.ts', modules: ['node:child_process', 'child_process'] },
  { file: 'src/cli/git/runGit.ts', modules: ['node:child_process', 'child_process'] },
  { file: 'src/training/runProgram.ts', modules: ['node:child_process', 'child_process'] },
  { file: 'src/workspace/store/database.ts', modules: ['node:sqlite'] },
  // Loads it; its types are all that is imported.
  { file: 'src/workspace/store/sqlite.ts', modules: ['node:sqlite'] },
  { file: 'src/remote/serverConnection.ts', modules: network },
  { file: 'src/models/hub/hubConnection.ts', modules: network },
];
const members = [
  { property: 'getConfiguration', file: 'src/extension/settings/config.ts' },
  { property: 'showErrorMessage', file: 'src/extension/host/report.ts' },
  { property: 'showWarningMessage', file: 'src/extension/host/report.ts' },
  { property: 'showInformationMessage', file: 'src/extension/host/report.ts' },
];

/** Rooms of the extension that every other room stands on: they import none of the others. */
const ground = { folder: 'src/extension', rooms: ['host', 'settings'] };

const networkDoors = 'The network has its doors: serverConnection.ts, hubConnection.ts.';

const folders = Object.keys(borders);
const everyFolder = folders.map((folder) => folder.replace('src/', ''));

/** Import rule of one folder; `open` names the doors that the file at hand may use, `low` says that it lies in a ground room. */
function importRule(folder, open, low) {
  const { folders: allowed, packages } = borders[folder];
  const own = folder.replace('src/', '');
  const refused = everyFolder.filter((other) => other !== own && !allowed.includes(other));
  const opened = doors.filter((door) => open.includes(door.file)).flatMap((door) => door.modules);
  const closed = [...new Set(doors.flatMap((door) => door.modules))].filter((name) => !opened.includes(name));
  const names = packages.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace('\\*', '.*'));
  const patterns = [
    {
      regex: `^(?!\\.)${names.length ? `(?!(${names.join('|')})$)` : ''}`,
      message: `${folder} may not import this package.`,
    },
    {
      regex: `^\\..*/(${refused.join('|')})/`,
      message: `${folder} may not import this folder (docs/ARCHITECTURE.md, Borders).`,
    },
    ...(folder === 'src/remote'
      ? [
          {
            regex:
              '/inference/(client|supervisor|worker|engine|verify|lanes/.*|model/(graph|graphSession|loadedModel))$',
            message: 'A server needs no graph (docs/ARCHITECTURE.md).',
          },
        ]
      : []),
    ...(low
      ? [
          {
            regex: `^\\.\\./(?!\\.\\./|(${ground.rooms.join('|')})/)`,
            message: 'All rooms stand on this one: it imports none of them (docs/ARCHITECTURE.md, Borders).',
          },
        ]
      : []),
  ];
  return {
    patterns,
    paths: closed.map((name) => ({ name, message: 'Only one file uses this module (eslint.config.mjs).' })),
  };
}

function memberRule(file) {
  const closed = members.filter((door) => door.file !== file);
  const own = closed.map(({ property, file: owner }) => ({ property, message: `Only ${owner} calls this.` }));
  return [...own, { object: 'globalThis', property: 'fetch', message: networkDoors }];
}

const borderConfigs = folders.flatMap((folder) => {
  const doorFiles = [...new Set([...doors, ...members].map((door) => door.file))].filter((file) =>
    file.startsWith(`${folder}/`),
  );
  const groundFolders = ground.folder === folder ? ground.rooms.map((room) => `${folder}/${room}/`) : [];
  const isLow = (file) => groundFolders.some((room) => file.startsWith(room));
  return [
    { files: [`${folder}/**/*.ts`], open: [], low: false },
    ...groundFolders.map((room) => ({ files: [`${room}**/*.ts`], open: [], low: true })),
    ...doorFiles.map((file) => ({ files: [file], open: [file], low: isLow(file) })),
  ].map(({ files, open, low }) => ({
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', importRule(folder, open, low)],
      'no-restricted-properties': ['error', ...memberRule(open[0])],
      'no-restricted-globals': ['error', { name: 'fetch', message: networkDoors }],
    },
  }));
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      '.cache/',
      'test-results/',
      'models/',
      'samples/',
      'test/**/fixtures/',
      'examples/*/out/',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', 'vitest.config.mts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: 'src/*/tsconfig.json', noWarnOnMultipleProjects: true }),
      ],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='toFixed'][arguments.0.value=2]",
          message: 'Two digits are a score: core/scoreText cuts them, so that .6993 does not look like .70.',
        },
        {
          selector: "CallExpression[callee.property.name='toLocaleString'][callee.object.type!='NewExpression']",
          message: 'core/countText writes numbers, the same everywhere: 1,204 on a machine that speaks German too.',
        },
      ],
    },
  },
  ...borderConfigs,
  {
    files: ['test/**/*.ts', 'vitest.config.mts'],
    rules: {
      'import-x/no-default-export': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // What a test or a bench prints is no score on a user's screen.
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        require: 'readonly',
        module: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
